"""LibreOffice at work on a file: a macro in Basic edits it as a person does, and saves it.

No Python of LibreOffice's own is needed. The profile is said to be set up already: at a first start
LibreOffice would put its own macros over ours.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

_SECONDS = 240.0
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = "http://openoffice.org/2000/library"
_SET_UP = (
    _HEAD + '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" '
    'oor:op="fuse"><value>true</value></prop></item></oor:items>'
)
_LIBRARIES = (
    _HEAD + '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    f'"libraries.dtd"><library:libraries xmlns:library="{_LIBRARY}" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
    'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>'
    "</library:libraries>"
)
_MODULES = (
    _HEAD + '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    f'"library.dtd"><library:library xmlns:library="{_LIBRARY}" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element '
    'library:name="Edits"/></library:library>'
)
_MODULE = (
    _HEAD + '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    '"module.dtd"><script:module xmlns:script="http://openoffice.org/2000/script" '
    'script:name="Edits" script:language="StarBasic">{code}</script:module>'
)
_MACRO = """\
Sub Main
On Error Goto Failed
Dim hidden(0) As New com.sun.star.beans.PropertyValue
hidden(0).Name = "Hidden"
hidden(0).Value = True
doc = StarDesktop.loadComponentFromURL("{file}", "_blank", 0, hidden())
frame = doc.CurrentController.Frame
dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
If doc.isReadonly() Then dispatcher.executeDispatch(frame, ".uno:EditDoc", "", 0, Array())
table = doc.TextTables.getByIndex(0)
{edits}
Dim how(0) As New com.sun.star.beans.PropertyValue
how(0).Name = "FilterName"
how(0).Value = "MS Word 2007 XML"
doc.storeToURL("{out}", how())
StarDesktop.terminate()
Exit Sub
Failed:
Open "{log}" For Output As #1
Print #1, "line " & Erl & ": " & Error
Close #1
StarDesktop.terminate()
End Sub
"""


def edited(file: Path, edits: str) -> bytes:
    """A Word file as LibreOffice saves it after ``edits``.

    They know ``doc``, its first ``table``, its ``frame`` and a ``dispatcher`` of commands. Raises
    AssertionError with what Basic says where they fail.
    """
    folder = file.parent
    profile, out, log = folder / "office", folder / f"{file.stem}.saved.docx", folder / "office.log"
    macro = _MACRO.format(file=file.as_uri(), out=out.as_uri(), log=log, edits=edits)
    written = {
        "user/registrymodifications.xcu": _SET_UP,
        "user/basic/script.xlc": _LIBRARIES,
        "user/basic/Standard/script.xlb": _MODULES,
        "user/basic/Standard/Edits.xba": _MODULE.format(code=escape(macro)),
    }
    for name, content in written.items():
        place = profile / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    command = [
        shutil.which("soffice") or "soffice", f"-env:UserInstallation={profile.as_uri()}",
        "--headless", "--norestore", "macro:///Standard.Edits.Main",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    assert not log.exists(), log.read_text(encoding="utf-8", errors="replace")
    assert out.exists(), "the macro did not run"
    return out.read_bytes()
