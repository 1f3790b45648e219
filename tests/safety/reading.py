"""What an answer says to a reader, whatever it is made of: page, PDF, workbook, JSON."""

import io
import subprocess

from openpyxl import load_workbook


def text_of(answer) -> str:
    """All words of an answer; a PDF and a workbook are opened for them."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    if "pdf" in kind:
        return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    if "spreadsheet" in kind:
        rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return "\n".join("\t".join(str(value) for value in row) for row in rows)
    return content.decode(errors="replace")
