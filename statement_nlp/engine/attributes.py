"""The English pipeline's attribute rules, looked up once for each kind of token.

The rules of ``attribute_ruler`` give a token its word class. All but a few look at one token alone,
at its lower-case form, tag and relation; trying every rule on every token takes a third of a parse.
Here each distinct token is given to the rules once and the answer is remembered. Documents in which
a rule over several tokens holds go through the rules as they are, so the outcome is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NAME = "remembered_attribute_ruler"
_RULES = "attribute_ruler"
_ALONE = {"LOWER", "TAG", "DEP", "IS_SPACE"}
"""What a rule over one token may look at for its answer to be remembered."""
_MOST = 100_000


class RememberedRules:
    """A pipeline component with the same effect as the rules it is given."""

    def __init__(self, rules: Any) -> None:  # noqa: ANN401 - spaCy's types are not complete
        from spacy.matcher import Matcher

        self._rules = rules
        self._vocab = rules.vocab
        self._wide = Matcher(rules.vocab)
        for number, rule in enumerate(rules.patterns):
            wide = [p for p in rule["patterns"] if len(p) > 1 or not _ALONE.issuperset(p[0])]
            if wide:
                self._wide.add(str(number), wide)
        self._known: dict[tuple[int, int, int, bool], tuple[Any, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of ``doc`` in place."""
        if len(self._wide) and self._wide(doc, allow_missing=True):
            result: Doc = self._rules(doc)
            return result
        tokens: Any = doc
        for token in tokens:
            pos, morph, lemma, tag, dep = self._answer(token)
            token.pos = pos
            token.set_morph(morph)
            if lemma:
                token.lemma = lemma
            if tag != token.tag:
                token.tag = tag
            if dep != token.dep:
                token.dep = dep
        return doc

    def _answer(self, token: Any) -> tuple[Any, ...]:  # noqa: ANN401
        key = (token.lower, token.tag, token.dep, token.is_space)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[key] = self._ask(token)
        return found

    def _ask(self, token: Any) -> tuple[Any, ...]:  # noqa: ANN401
        from spacy.tokens import Doc

        alone = Doc(self._vocab, words=[token.text])[0]
        alone.tag, alone.dep = token.tag, token.dep
        answer = self._rules(alone.doc)[0]
        return answer.pos, answer.morph, answer.lemma, answer.tag, answer.dep


def remember_attributes(nlp: Language) -> None:
    """Put remembered rules in the place of the pipeline's own."""
    from spacy.language import Language

    if not Language.has_factory(NAME):
        Language.factory(NAME, func=_make)
    nlp.add_pipe(NAME, before="lemmatizer")
    nlp.remove_pipe(_RULES)


def _make(nlp: Language, name: str) -> RememberedRules:  # noqa: ARG001 - spaCy gives both
    return RememberedRules(nlp.get_pipe(_RULES))
