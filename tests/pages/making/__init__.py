"""How the files of the cases ``c-*`` and ``d-*`` are made; ``make_office.py`` and ``make_files.py`` beside it start it."""
