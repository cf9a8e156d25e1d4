"""Opens CSV files in one LibreOffice, split at each separator, and prints as JSON the values of the formulas that it
finds: {file: {way of opening: [value]}}. Debian's own Python runs it, which has LibreOffice's library. Arguments: a
folder for LibreOffice's profile, and the files."""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.CellFlags import FORMULA

SPLIT = {"comma": "44", "semicolon": "59", "tab": "9", "bar": "124", "comma or semicolon": "44/59",
         "comma or semicolon or tab or bar": "44/59/9/124"}
QUOTED = {"quotes": "34", "no quotes": ""}
FILTER = "Text - txt - csv (StarCalc)"
AT_MOST = 120  # seconds until LibreOffice answers


def main(profile, *files):
    office = subprocess.Popen([
        "soffice", "--headless", "--norestore", "--nologo", f"-env:UserInstallation={Path(profile).as_uri()}",
        "--accept=pipe,name=spreadsheets;urp"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        desktop = started(office)
        print(json.dumps({file: {way: formulas(desktop, file, options) for way, options in ways(file)}
                          for file in files}))
    finally:
        office.terminate()
        office.wait(30)


def started(office):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    ends = time.monotonic() + AT_MOST
    while True:
        try:
            remote = resolver.resolve("uno:pipe,name=spreadsheets;urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except NoConnectException:
            if office.poll() is not None or time.monotonic() > ends:
                raise
            time.sleep(0.2)


def ways(file):
    """Every way of opening a file, with the import's options: UTF-8 from line 1, special numbers seen, formulas run."""
    if not file.endswith(".csv"):
        return [("as it is", "")]
    return [(f"{name}, {how}", f"{sign},{quote},76,1,,0,false,true,false,false,0,true")
            for name, sign in SPLIT.items() for how, quote in QUOTED.items()]


def formulas(desktop, file, options):
    how = {"Hidden": True, "ReadOnly": True, **({"FilterName": FILTER, "FilterOptions": options} if options else {})}
    properties = tuple(PropertyValue(Name=name, Value=value) for name, value in how.items())
    document = desktop.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, properties)
    try:
        return [f"{cell.Formula} = {cell.String}" for sheet in document.Sheets
                for cell in sheet.queryContentCells(FORMULA).Cells]
    finally:
        document.close(True)


if __name__ == "__main__":
    main(*sys.argv[1:])
