"""What LibreOffice and a browser make of a file, and archives that are the same twice."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

STAMP = datetime(2024, 1, 2, 3, 4, 5)
OFFICE_MOMENT = re.compile(rb"(?<=W3CDTF\">)[^<]+")
PDF_MOMENT = re.compile(rb"(?<=Date\(D:)\d{14}|(?<=Date \(D:)\d{14}")
PDF_NAME = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>\s*(?:<|\]))|(?<=/DocChecksum /)[0-9A-F]{32}")
SECONDS = 180  # that a program may take, as it does on its first start


def convert(content: bytes | str, source: str, target: str) -> bytes:
    """Return a file as LibreOffice writes it in another format; both formats are endings."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{source}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", target]
        whole = [*command, "--outdir", f"{folder}/out", str(path)]
        subprocess.run(whole, check=True, capture_output=True, timeout=SECONDS)
        made = next((Path(folder) / "out").iterdir()).read_bytes()
    if target in ("docx", "xlsx"):
        return still(made, moments=True)
    return still_pdf(made) if target == "pdf" else made


def browser(html: str, *options: str, ending: str = "pdf") -> bytes:
    """Return what the browser prints or shows of a page."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "a.html", Path(folder) / f"a.{ending}"
        page.write_text(html, "utf-8")
        wanted = f"--print-to-pdf={out}" if ending == "pdf" else f"--screenshot={out}"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += ["--disable-pdf-tagging", "--hide-scrollbars", f"--user-data-dir={folder}/profile"]
        whole = [*command, *options, wanted, page.as_uri()]
        subprocess.run(whole, check=True, capture_output=True, timeout=SECONDS)
        made = out.read_bytes()
    return still_pdf(made) if ending == "pdf" else made


def still(content: bytes, *, moments: bool = False) -> bytes:
    """Return the same zip archive with one fixed date for its members, and for the moments that its properties tell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = old.read(name)
            if moments and name == "docProps/core.xml":
                member = OFFICE_MOMENT.sub(f"{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode(), member)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), member, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def still_pdf(content: bytes) -> bytes:
    """Return the same PDF file with one fixed date and no random name; both are as long as before."""
    dated = PDF_MOMENT.sub(f"{STAMP:%Y%m%d%H%M%S}".encode(), content)
    return PDF_NAME.sub(lambda found: b"0" * len(found[0]), dated)
