"""Do to workbooks what people do to them, in LibreOffice without a window, and save them.

Standard input is JSON: {"profile": folder, "files": [{"open", "save", "steps": [...]}]}.
A step is a list: its name, then what it needs. Rows are named by the text of their first
column or by a whole key; a sheet by its name.
"""
import json
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet import TableFilterField
from com.sun.star.sheet.FilterOperator import EQUAL
from com.sun.star.table import TableSortField


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


class Sheet:
    """A grid with its header row and the columns that it names."""

    def __init__(self, sheet):
        self.sheet = sheet
        area = self.used().RangeAddress
        self.last_row, self.last_column = area.EndRow, area.EndColumn
        self.header = next(r for r in range(20) if "Décision" in self.row(r))
        self.names = self.row(self.header)

    def used(self):
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return cursor

    def row(self, r):
        return [str(v) for v in self.sheet.getCellRangeByPosition(0, r, self.last_column, r).DataArray[0]]

    def data(self):
        return self.sheet.getCellRangeByPosition(0, self.header + 1, self.last_column, self.last_row)

    def cell(self, key, column):
        keys = self.names.index("Clé")
        rows = self.sheet.getCellRangeByPosition(keys, 0, keys, self.last_row).DataArray
        for r, (text,) in enumerate(rows):
            if text == key:
                return self.sheet.getCellByPosition(self.names.index(column), r)
        raise SystemExit(f"no row with key {key}")


def sort(sheet, column, ascending):
    field = TableSortField()
    field.Field, field.IsAscending = sheet.names.index(column), ascending
    sheet.data().sort((prop("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))), prop("ContainsHeader", False)))


def keep_only(sheet, column, value):
    """Filter: rows whose column is not value are hidden."""
    area = sheet.sheet.getCellRangeByPosition(0, sheet.header, sheet.last_column, sheet.last_row)
    field = TableFilterField()
    field.Field, field.Operator, field.IsNumeric, field.StringValue = sheet.names.index(column), EQUAL, False, value
    descriptor = area.createFilterDescriptor(True)
    descriptor.ContainsHeader = True
    descriptor.setFilterFields((field,))
    area.filter(descriptor)


def decide(sheet, answers):
    """Type answers with the keyboard: a French "faux" may become a truth value."""
    for key, cells in answers.items():
        for column, text in cells.items():
            if text:
                sheet.cell(key, column).FormulaLocal = text


def step(book, name, sheet, *rest):
    plain = book.Sheets.getByName(sheet)
    if name == "rename":
        plain.Name = rest[0]
    elif name == "insert-column":
        at, title = rest
        s = Sheet(plain)
        plain.Columns.insertByIndex(at, 1)
        plain.getCellByPosition(at, s.header).String = title
        for r in range(s.header + 1, s.last_row + 1):
            plain.getCellByPosition(at, r).String = f"note {r}"
    elif name == "insert-rows":
        at, n = rest
        plain.Rows.insertByIndex(at, n)
    elif name == "delete-row":
        s = Sheet(plain)
        at = s.cell(rest[0], "Clé").CellAddress.Row
        plain.Rows.removeByIndex(at, 1)
    elif name == "hide-rows":
        s = Sheet(plain)
        for r in range(s.header + 1, s.last_row + 1, 2):
            plain.Rows.getByIndex(r).IsVisible = False
    elif name == "swap-columns":
        a, b = (Sheet(plain).names.index(c) for c in rest)
        last = Sheet(plain).last_row
        one, other = (plain.getCellRangeByPosition(c, 0, c, last) for c in (a, b))
        kept, moved = one.DataArray, other.DataArray
        one.setDataArray(moved)
        other.setDataArray(kept)
    elif name == "sort":
        sort(Sheet(plain), rest[0], rest[1])
    elif name == "filter":
        keep_only(Sheet(plain), *rest)
    elif name == "decide":
        decide(Sheet(plain), rest[0])
    elif name == "general":  # entry cells that take what is typed for what it looks like
        s = Sheet(plain)
        at = s.names.index(rest[0])
        plain.getCellRangeByPosition(at, s.header + 1, at, s.last_row).NumberFormat = 0
    else:
        raise SystemExit(f"no step {name}")


def connect(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice does not answer")


FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
</oor:items>
"""


def main():
    job = json.load(sys.stdin)
    os.makedirs(os.path.join(job["profile"], "user"))
    with open(os.path.join(job["profile"], "user", "registrymodifications.xcu"), "w", encoding="utf-8") as f:
        f.write(FRENCH)
    pipe = f"vigie{os.getpid()}"
    office = subprocess.Popen([
        "soffice", f"-env:UserInstallation=file://{job['profile']}", "--headless", "--norestore", "--nologo", "--nodefault",
        f"--accept=pipe,name={pipe};urp;",
    ], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        for f in job["files"]:
            book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(f["open"]), "_blank", 0, (prop("Hidden", True),))
            for s in f["steps"] or ():
                step(book, *s)
            book.storeToURL(uno.systemPathToFileUrl(f["save"]), (prop("FilterName", f.get("filter", "Calc MS Excel 2007 XML")),))
            book.close(True)
        try:
            desktop.terminate()
        except Exception:  # it closes the bridge that the answer would come over
            pass
        office.wait(60)
    finally:
        if office.poll() is None:
            office.kill()


main()
