"""Write one small file of every kind that people have, right and wrong ones, for tests."""

import io
import json
import mailbox
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import geopandas as gpd
from docx import Document as Word
from openpyxl import Workbook
from shapely import Point

from geo.tabular.gdelt import VERSION_2

TOWNS = ("Mosul", "Kirkuk", "Basra", "Baqubah", "Ramadi", "Fallujah", "Tikrit", "Samarra", "Najaf", "Karbala")


def story(number: int) -> str:
    """Write a story of an incident of its own."""
    town = TOWNS[number % len(TOWNS)]
    return (
        f"A car bomb killed {number + 2} people in {town}, Iraq, on {number + 1} March 2021, police said. "
        f"Officials said that the wounded were taken to the hospital of {town} and that the road was shut until morning."
    )


def page(number: int, title: str = "Car bomb") -> str:
    """Give a web page with a story."""
    body = "".join(f"<p>{sentence}</p>" for sentence in (story(number), "Nobody has said who carried it out."))
    return f"<!DOCTYPE html><html lang='en'><head><title>{title}</title></head><body><h1>{title}</h1><article>{body}</article></body></html>"


def pdf(text: str, *, locked: bool = False) -> bytes:
    """Print lines on a page; `locked` needs a password that nobody has."""
    words, lines = text.split(), []
    while words:
        lines.append(" ".join(words[:9]))
        words = words[9:]
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 60 760 Td {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Filter /Standard /V 1 /R 2 /P -44 /O <{'41' * 32}> /U <{'42' * 32}> >>",
    ]
    made, at = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    lock = f" /Encrypt 6 0 R /ID [<{'00' * 16}> <{'00' * 16}>]" if locked else ""
    table = "".join(f"{offset:010} 00000 n \n" for offset in at)
    end = f"trailer\n<< /Size {len(at) + 1} /Root 1 0 R{lock} >>\nstartxref\n{len(made)}\n%%EOF\n"
    return f"{made}xref\n0 {len(at) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def archive(**files: str | bytes) -> bytes:
    """Zip texts; "__" in a name is a slash, "_dot_" a full stop."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def docx(number: int) -> bytes:
    """Write a Word document."""
    buffer, book = io.BytesIO(), Word()
    book.add_paragraph(story(number))
    book.save(buffer)
    return buffer.getvalue()


def workbook(*rows: list[object]) -> bytes:
    """Write a spreadsheet."""
    buffer, book = io.BytesIO(), Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(buffer)
    return buffer.getvalue()


def epub(number: int) -> bytes:
    """Write a book of one chapter."""
    package = (
        "<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='a' href='a.xhtml' "
        "media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>"
    )
    root = "<container><rootfiles><rootfile full-path='p.opf'/></rootfiles></container>"
    chapter = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{story(number)}</p></body></html>"
    return archive(mimetype="application/epub+zip", META_INF="", **{"META-INF__container_dot_xml": root, "p_dot_opf": package, "a_dot_xhtml": chapter})  # fmt: skip


def mail(number: int) -> bytes:
    """Write a mail."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "news@example.org", "Bomb", "Wed, 16 Jun 2021 23:30:00 +0300"
    message.set_content(story(number))
    return message.as_bytes()


def mbox(number: int, folder: Path) -> bytes:
    """Write a mailbox of one mail."""
    box = mailbox.mbox(folder / "made.mbox")
    box.add(mail(number))
    box.close()
    made = (folder / "made.mbox").read_bytes()
    (folder / "made.mbox").unlink()
    return made


def warc(number: int) -> bytes:
    """Write a web archive of one page."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page(number)}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def mhtml(number: int) -> bytes:
    """Write a page as browsers save it in one file."""
    head = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/a\r\nMIME-Version: 1.0\r\n"
    kind = 'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
    return f"{head}{kind}----b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page(number)}\r\n----b--\r\n".encode()


def shapefile(folder: Path) -> bytes:
    """Zip a shapefile."""
    layer = gpd.GeoDataFrame({"name": ["Hit"], "date": ["2021-03-01"]}, geometry=[Point(44.4, 33.3)], crs="EPSG:4326")
    layer.to_file(folder / "made.shp")
    parts = sorted(folder.glob("made.*"))
    made = archive(**{part.name.replace(".", "_dot_"): part.read_bytes() for part in parts})
    for part in parts:
        part.unlink()
    return made


def gdelt(code: str) -> bytes:
    """Write a line of GDELT."""
    cells = {"GLOBALEVENTID": "900", "SQLDATE": "20210301", "MonthYear": "202103", "Year": "2021", "EventCode": code,
             "ActionGeo_Type": "4", "ActionGeo_FullName": "Mosul, Ninawa, Iraq", "ActionGeo_CountryCode": "IZ",
             "ActionGeo_Lat": "36.3", "ActionGeo_Long": "43.1", "DATEADDED": "20210301120000"}  # fmt: skip
    return ("\t".join(cells.get(name, "") for name in VERSION_2) + "\n").encode()


ACLED = (
    "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,admin1,location,latitude,"
    "longitude,geo_precision,source,notes,fatalities\nIRQ1,2021-03-04,1,Battles,Armed clash,Army,ISIS,368,Iraq,Nineveh,Mosul,"
    "36.3,43.1,1,A Paper,Men fought.,4\n"
)
GED = (
    "id,type_of_violence,where_prec,date_prec,date_start,date_end,best,low,high,side_a,side_b,country,latitude,longitude\n"
    "7,1,1,1,2021-03-12,2021-03-12,2,2,2,A,B,Mali,16.27,-0.04\n"
)
RSS = "<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><item><title>Bomb</title><description>{}</description></item></channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><title>Bomb</title><content>{}</content></entry></feed>"
WIKI = "<mediawiki xml:lang='en'><siteinfo><sitename>News</sitename></siteinfo><page><title>Bomb</title><ns>0</ns><id>1</id><revision><text>{}</text></revision></page></mediawiki>"
GPX = "<?xml version='1.0'?><gpx version='1.1' creator='x' xmlns='http://www.topografix.com/GPX/1/1'><wpt lat='33.3' lon='44.4'><name>crater</name></wpt></gpx>"
PLAIN = "date,place,latitude,longitude,killed\n2021-03-09,Mosul,36.3,43.1,2\n"


def good(folder: Path) -> dict[str, bytes]:
    """Give files of which each holds one report or incident, by name."""
    reliefweb = {"data": [{"id": "1", "fields": {"title": "Bomb", "body": story(12)}}]}
    telegram = {"name": "News", "messages": [{"id": 1, "date": "2021-03-14T10:00:00", "text": story(13)}]}
    tweets = [{"tweet": {"id_str": "1", "full_text": story(14), "created_at": "Mon Mar 15 10:00:00 +0000 2021"}}]
    made: dict[str, str | bytes] = {
        "a.txt": story(0), "b.md": f"# Bomb\n\n{story(1)}\n", "c.jsonl": json.dumps({"id": "c", "text": story(2)}) + "\n",
        "d.html": page(3), "e.mhtml": mhtml(4), "f.pdf": pdf(story(5)), "g.docx": docx(6), "h.epub": epub(7),
        "i.eml": mail(8), "j.mbox": mbox(9, folder), "k.rss": RSS.format(story(10)), "l.xml": ATOM.format(story(11)),
        "m.json": json.dumps(reliefweb), "result.json": json.dumps(telegram),
        "tweets.js": f"window.YTD.tweets.part0 = {json.dumps(tweets)}", "p.warc": warc(15), "q.xml": WIKI.format(story(16)),
        "r.wiki": story(17), "s.csv": f'id,body\n1,"{story(18)}"\n', "t.xlsx": workbook(["id", "text"], [1, story(19)]),
        "u_acled.csv": ACLED, "v_ged.zip": archive(ged_dot_csv=GED), "w.export.CSV": gdelt("190"), "x_plain.csv": PLAIN,
        "y_plain.xlsx": workbook(["Log"], ["Date", "Latitude", "Longitude"], ["2021-03-08", 33.3, 44.4]),
        "z.gpx": GPX, "shapes.zip": shapefile(folder),
    }  # fmt: skip
    return {name: content.encode() if isinstance(content, str) else content for name, content in made.items()}


WRONG: dict[str, Callable[[], bytes]] = {
    "photo.png": lambda: b"\x89PNG\r\n",
    "old.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "empty.html": lambda: b"",
    "links.html": lambda: b"<html><body><ul><li><a href='/'>Home</a></li></ul></body></html>",
    "cut.docx": lambda: docx(20)[:2000],
    "cut.pdf": lambda: pdf(story(20))[:60],
    "locked.pdf": lambda: pdf(story(20), locked=True),
    "scan.pdf": lambda: pdf(""),
    "a_pdf.docx": lambda: b"%PDF-1.4 and no more",
    "cut.xlsx": lambda: workbook(["a"], ["b"])[:900],
    "noise.eml": lambda: b"",
    "cut.json": lambda: b'{"data": [{"id": 1',
    "other.json": lambda: b'{"a": 1}',
    "talk.export.CSV": lambda: gdelt("010"),
    "nested.zip": lambda: archive(inner_dot_zip=archive(a_dot_csv=PLAIN)),
    "wide.csv": (",".join(f"c{n}" for n in range(100_000)) + "\n").encode,
    "no_place.csv": lambda: b"when,who\n2021,a\n",
    "german.txt": ("Bei einem Anschlag auf einen Markt in der Stadt sind am Montag nach Angaben der Polizei "
                           "mindestens zwanzig Menschen getötet und viele weitere verletzt worden. ").encode,
    "broken.warc": lambda: b"WARC/1.0\r\nnonsense",
    "broken.epub": lambda: archive(mimetype="application/epub+zip"),
}  # fmt: skip
