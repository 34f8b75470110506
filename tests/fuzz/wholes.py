"""Whole documents and tables of events, one of every format, for the fuzzing to break."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pyogrio

from geo.tabular.gdelt import VERSION_2
from tests.synthetic import make_incidents

DAY = datetime(2021, 6, 16, 9, tzinfo=UTC)
STORY = (
    "Gunmen attacked the market of Basra on Tuesday, and police said that four people had been killed in it.",
    "A fifth person was taken to hospital in Baghdad with wounds to the legs, and the road was shut until morning.",
)
EVENTS = 4


def documents() -> Iterator[tuple[str, bytes, int]]:
    """Give the suffix, the bytes and the number of reports of a document of every format."""
    page = _page().encode()
    yield ".html", page, 1
    yield ".pdf", _pdf(), 1
    yield ".docx", _docx(), 1
    yield ".epub", _epub(), 1
    yield ".eml", _mail().as_bytes(), 1
    yield ".mbox", b"".join(b"From a@b Wed Jun 16 09:00:00 2021\n" + _mail().as_bytes() + b"\n" for _ in range(2)), 2
    yield ".rss", _feed().encode(), 2
    yield ".warc", _warc(page), 1
    yield ".xml", _dump().encode(), 1
    yield ".wiki", f"'''Raid''' in [[Basra]] {{{{date|2021}}}}\n\n{STORY[0]}\n\n{STORY[1]}<ref>x</ref>\n".encode(), 1
    yield ".json", json.dumps({"name": "Channel", "messages": [_message(n) for n in (1, 2)]}, indent=1).encode(), 2
    tweet = {"tweet": {"id_str": "1", "full_text": " ".join(STORY), "created_at": "Wed Jun 16 09:00:00 +0000 2021"}}
    yield ".js", f"window.YTD.tweets.part0 = {json.dumps([tweet])}".encode(), 1
    yield ".csv", f'when,headline,content\n2021-06-16,Raid,"{" ".join(STORY)}"\n'.encode(), 1
    yield ".meta.json", b'{"published": "2021-06-16", "title": "Raid", "url": "https://example.org", "id": "r"}', 1


def tables() -> Iterator[tuple[str, str, bytes, int]]:
    """Give the name, the suffix, the bytes and the number of incidents of a table of every dataset."""
    acled = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,iso,country,admin1,location,latitude,longitude,geo_precision,notes,fatalities,timestamp"
    row = "MLI{0},2021-05-0{0},1,Battles,Armed clash,Army,466,Mali,Mopti,Bankass,14.0{0},-3.52,1,Men fought.,{0},10"
    yield "acled", ".csv", _lines(acled, row), EVENTS
    yield "acled.xlsx", ".xlsx", _workbook(_lines(acled, row)), EVENTS
    names = acled.split(",")
    rows = [dict(zip(names, row.format(n).split(","), strict=True)) for n in range(1, EVENTS + 1)]
    yield "acled.json", ".json", json.dumps({"count": EVENTS, "data": rows}).encode(), EVENTS
    ucdp = "id,type_of_violence,where_prec,date_prec,date_start,date_end,low,best,high,side_a,side_b,country,adm_1,latitude,longitude"
    yield "ucdp", ".csv", _lines(ucdp, "{0},{0},{0},{0},2015-05-0{0},2015-05-31,1,2,3,A,B,Iraq,Basra,30.{0},47"), EVENTS
    fields = {"SQLDATE": "20240818", "MonthYear": "202408", "Year": "2024", "EventCode": "190", "ActionGeo_Type": "4"}
    place = {"ActionGeo_Lat": "30.5", "ActionGeo_Long": "47.8", "ActionGeo_CountryCode": "IZ", "DATEADDED": "20240819"}
    cells = {"GLOBALEVENTID": "{0}", **fields, **place}
    yield "gdelt", ".CSV", _lines("\t".join(cells.get(name, "") for name in VERSION_2)), EVENTS
    polecat = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tQuad Code\tActor Name\tRecipient Name\tLatitude\tLongitude"
    yield "polecat", ".txt", _lines(polecat, "P{0}\t2021-05-0{0}\tASSAULT\tdrone\tM\tA\tB\t30.{0}\t47"), EVENTS
    gtd = "eventid,iyear,imonth,iday,country_txt,provstate,city,latitude,longitude,specificity,attacktype1,gname,nkill"
    yield "gtd", ".csv", _lines(gtd, "20150{0},2015,{0},{0},Iraq,Basra,Basra,30.{0},47.8,{0},{0},Unknown,{0}"), EVENTS
    shapes = "name,lat,lon,killed\n" + "".join(f'"Tell {n}",33.{n},44.{n},{n}\n' for n in range(EVENTS))
    yield "plain", ".csv", shapes.encode(), EVENTS
    yield "degrees", ".csv", _lines("name;position", "Tell {0};33°0{0}'12\"N 44°0{0}'30\"E"), EVENTS
    yield "mgrs", ".csv", _lines("name,MGRS", "Tell {0},38SMB448{0}69{0}4"), EVENTS
    points = "".join(f'<wpt lat="33.{n}" lon="44"><name>W{n}</name></wpt>' for n in range(EVENTS))
    yield "gpx", ".gpx", f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{points}</gpx>'.encode(), EVENTS


def shapefile(folder: Path) -> bytes:
    """Give a zipped shapefile of `EVENTS` points."""
    layer = make_incidents(EVENTS)[["place_name", "geometry"]]
    pyogrio.write_dataframe(layer, folder / "points.shp")
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for part in sorted(folder.glob("points.*")):
            archive.write(part, part.name)
    return made.getvalue()


def _lines(*lines: str) -> bytes:
    *header, row = lines
    return "".join(f"{line}\n" for line in [*header, *(row.format(n) for n in range(1, EVENTS + 1))]).encode()


def _page() -> str:
    body = "".join(f"<p>{block}</p>" for block in STORY)
    head = "<title>Raid</title><meta property='article:published_time' content='2021-06-16T08:00:00+03:00'>"
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body><nav><a href='/a'>Home</a></nav><article><h1>Raid</h1>{body}</article></body></html>"


def _pdf() -> bytes:
    """Write a page of text by hand: what a program would add to it only hides the parts that break."""
    shown = "".join(f"({line}) Tj T* " for block in STORY for line in (block[:60], block[60:], ""))
    stream = f"BT /F1 10 Tf 12 TL 50 700 Td {shown}ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    ]
    made, starts = "%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        starts.append(len(made))
        made += f"{n} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    return (
        f"{made}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    ).encode()


def _docx() -> bytes:
    document, made = docx.Document(), BytesIO()
    document.add_heading("Raid", 0)
    for block in STORY:
        document.add_paragraph(block)
    document.add_table(1, 2).cell(0, 0).text = "Basra"
    document.save(made)
    return made.getvalue()


def _epub() -> bytes:
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<dc:title>A year</dc:title></metadata><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"
        "</manifest><spine><itemref idref='a'/></spine></package>"
    )
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml", "<container><rootfiles><rootfile full-path='p.opf'/></rootfiles></container>"
        )
        archive.writestr("p.opf", package)
        archive.writestr("a.xhtml", _page())
    return made.getvalue()


def _mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Desk <news@example.org>", "Raid"
    message["Date"], message["Message-ID"] = format_datetime(DAY), "<1@example.org>"
    message.set_content("\n\n".join(STORY) + "\n\n-- \nUnsubscribe\n")
    message.add_alternative(_page(), subtype="html")
    return message


def _feed() -> str:
    items = "".join(
        f"<item><title>Raid {n}</title><link>https://example.org/{n}</link><description>{' '.join(STORY)}</description>"
        f"<pubDate>{format_datetime(DAY)}</pubDate></item>"
        for n in (1, 2)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>"


def _warc(page: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    named = {"WARC-Type": "response", "WARC-Target-URI": "https://example.org/1", "WARC-Date": "2021-06-16T09:00:00Z"}
    named |= {"WARC-Record-ID": "<urn:uuid:1>", "Content-Type": "application/http; msgtype=response"}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/1.0\r\n{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"


def _dump() -> str:
    text = f"{{{{date|June 16, 2021}}}}\n{STORY[0]}\n\n{STORY[1]}\n[[Category:Iraq]]"
    page = f"<page><title>Raid</title><ns>0</ns><id>1</id><revision><text>{text}</text></revision></page>"
    return f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="en">{page}</mediawiki>'


def _message(n: int) -> dict[str, object]:
    text = [STORY[0], {"type": "bold", "text": STORY[1]}]
    return {"id": n, "type": "message", "date": f"2021-06-1{n}T09:00:00", "from": "Channel", "text": text}


def _workbook(table: bytes) -> bytes:
    book, made = openpyxl.Workbook(), BytesIO()
    for line in table.decode().splitlines():
        book.active.append(line.split(","))
    book.save(made)
    return made.getvalue()
