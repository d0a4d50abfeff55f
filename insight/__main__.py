"""Entry point of `insight` and of `python -m insight`."""

from insight.cli.app import main

if __name__ == "__main__":
    main()
