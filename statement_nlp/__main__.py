"""``python -m statement_nlp``: the same as the command."""

from statement_nlp.cli import main

if __name__ == "__main__":
    main()
