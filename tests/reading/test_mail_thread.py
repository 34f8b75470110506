"""Answers quote the mails before them, forwarded mails are the content, and attached mails are reports of their own."""

import mailbox
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

import geo
from geo.reading.documents.mail_thread import day_of_header, part_thread, subject_says
from geo.report import Report

EARLIER = "Gunmen killed three shepherds near Baquba on Monday, police said."
NEWS = "A roadside bomb wounded four soldiers north of Tikrit this morning, the army said in a statement."
DAY = date(2020, 3, 10)


def read(path: Path) -> tuple[list[Report], list[str]]:
    notes: list[str] = []
    return geo.read(path, on_note=notes.append), notes


def mail(text: str, subject: str = "Re: Diyala", *, html: bool = False) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ali Hassan <ali@example.org>", subject
    message["Date"] = "Tue, 10 Mar 2020 09:00:00 +0300"
    message.set_content(text, subtype="html" if html else "plain")
    return message


def saved(message: EmailMessage, folder: Path) -> Path:
    (folder / "mail.eml").write_bytes(message.as_bytes())
    return folder / "mail.eml"


INTRODUCTIONS = (
    "On Mon, Mar 9, 2020 at 3:14 PM Jane Doe <jane@example.org> wrote:",
    "On Mon, Mar 9, 2020 at 3:14 PM Jane Doe of the office with the long name\n<jane@example.org> wrote:",
    "On Mon, Mar 9, 2020 at 3:14 PM Jane Doe of the office with the long name\nin a long street <jane@example.org>\nwrote:",
    "On 09/03/2020 15:14, Jane Doe wrote:",
    "Am Mo., 9. März 2020 um 15:14 Uhr schrieb Jane Doe <jane@example.org>:",
    "Am 09.03.20 um 15:14 schrieb Jane Doe:",
    "Le lun. 9 mars 2020 à 15:14, Jane Doe <jane@example.org> a écrit\u00a0:",
    "El lun, 9 mar 2020 a las 15:14, Jane Doe (<jane@example.org>) escribió:",
    "Il giorno lun 9 mar 2020 alle ore 15:14 Jane Doe <jane@example.org> ha scritto:",
    "Em seg., 9 de mar. de 2020 às 15:14, Jane Doe <jane@example.org> escreveu:",
    "Op ma 9 mrt 2020 om 15:14 schreef Jane Doe <jane@example.org>:",
    "пн, 9 мар. 2020 г. в 15:14, Jane Doe <jane@example.org>:",
    "Jane Doe <jane@example.org>, 9 Mar 2020 Pzt, 15:14 tarihinde şunu yazdı:",
)
BLOCKS = (
    "-----Original Message-----\nFrom: Jane Doe [mailto:jane@example.org]\nSent: Monday, March 9, 2020 3:14 PM\nTo: Ali\nSubject: Diyala",
    "________________________________\nFrom: Jane Doe <jane@example.org>\nSent: Monday, March 9, 2020 3:14 PM\nTo: Ali\nSubject: Diyala",
    "From: Jane Doe <jane@example.org>\nDate: Monday, 9 March 2020 at 15:14\nTo: Ali <ali@example.org>,\n  Omar <omar@example.org>\nSubject: Diyala",
    "*From:* Jane Doe <jane@example.org>\n*Sent:* 09 March 2020 15:14\n*To:* Ali\n*Subject:* Diyala",
    "Von: Jane Doe\nGesendet: Montag, 9. März 2020 15:14\nAn: Ali\nBetreff: Diyala",
    "-----Message d'origine-----\nDe : Jane Doe\nEnvoyé : lundi 9 mars 2020 15:14\nÀ : Ali\nObjet : Diyala",
    "De: Jane Doe\nEnviado el: lunes, 9 de marzo de 2020 15:14\nPara: Ali\nAsunto: Diyala",
)
MARKERS = (
    "---------- Forwarded message ---------\nFrom: Jane Doe <jane@example.org>\nDate: Mon, Mar 9, 2020 at 3:14 PM\nSubject: Diyala\nTo: Ali",
    "Begin forwarded message:\n\nFrom: Jane Doe <jane@example.org>\nSubject: Diyala\nDate: 9 March 2020 at 15:14:00 GMT+3\nTo: Ali",
    "-------- Weitergeleitete Nachricht --------\nBetreff: Diyala\nDatum: Mon, 9 Mar 2020 15:14:00 +0300\nVon: Jane Doe <jane@example.org>\nAn: Ali",
    "---------- Mensaje reenviado ---------\nDe: Jane Doe <jane@example.org>\nFecha: lun, 9 mar 2020 a las 15:14\nAsunto: Diyala\nTo: Ali",
)


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
@pytest.mark.parametrize("sign", ["> ", ""])
def test_what_an_answer_quotes_is_cut_out(introduction: str, sign: str) -> None:
    thread = part_thread(f"{NEWS}\n\n{introduction}\n\n{sign}{EARLIER}\n{sign}\n", reply=True)
    assert (thread.own, thread.forwarded, thread.quotes) == (NEWS, (), True)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_headers_in_an_answer_begins_a_quotation(block: str) -> None:
    thread = part_thread(f"{NEWS}\n\n{block}\n\n{EARLIER}\n", reply=True)
    assert (thread.own, thread.forwarded, thread.quotes) == (NEWS, (), True)


@pytest.mark.parametrize("block", [*BLOCKS, *MARKERS])
def test_a_forwarded_mail_stays_with_its_sender_and_day(block: str) -> None:
    thread = part_thread(f"FYI\n-- \nAli\n\n{block}\n\n{EARLIER}\n", forward=True)
    [part] = thread.forwarded
    assert (thread.own, part.text, part.sender, part.subject) == ("FYI", EARLIER, "Jane Doe", "Diyala")
    assert day_of_header(part.date, DAY) == date(2020, 3, 9)


def test_a_forwarded_mail_behind_signs_of_quotation_is_read_without_them() -> None:
    quoted = "\n".join(
        f"> {line}" for line in ("From: Jane Doe <j@example.org>", "Subject: Diyala", "Date: 9 March 2020", "", EARLIER)
    )
    [part] = part_thread(f"See below.\n\nBegin forwarded message:\n\n{quoted}\n").forwarded
    assert (part.text, part.sender) == (EARLIER, "Jane Doe")


def test_a_forwarded_thread_is_one_report_for_each_mail() -> None:
    inner = f"{EARLIER}\n\nOn Sun, 8 Mar 2020 at 10:00, Omar <omar@example.org> wrote:\n\n> {NEWS}\n"
    parts = part_thread(f"FYI\n\n{MARKERS[0]}\n\n{inner}", forward=True).forwarded
    assert [(part.text, part.sender, day_of_header(part.date, DAY)) for part in parts] == [
        (EARLIER, "Jane Doe", date(2020, 3, 9)),
        (NEWS, "Omar", date(2020, 3, 8)),
    ]


def test_what_is_written_between_quotations_stays() -> None:
    text = f"On 9 Mar 2020, at 15:14, Jane <jane@example.org> wrote:\n> {EARLIER}\nNot so.\n> Police said so.\n{NEWS}\n"
    assert part_thread(text).own == f"Not so.\n{NEWS}"


@pytest.mark.parametrize(
    "text",
    [
        f"{NEWS}\n\nOn Monday the general wrote:\n\nWe will not retreat.\n\n{EARLIER}",
        f"{NEWS}\n\nFrom: Mosul\nTo: Baghdad\n\n{EARLIER}",
        f"{NEWS}\n\n________________________________\n\n{EARLIER}",
        f"{NEWS}\n\nThe original message:\n\n{EARLIER}",
    ],
)
def test_a_report_that_only_looks_as_if_it_quoted_a_mail_stays_whole(text: str) -> None:
    thread = part_thread(text, reply=True)
    assert (thread.own, thread.quotes) == (text, False)


def test_without_a_sign_of_an_answer_quoted_lines_are_the_content() -> None:
    assert part_thread(f"From the press release:\n\n> {EARLIER}\n> More follows.").own.endswith(
        f"{EARLIER}\nMore follows."
    )


def test_an_answer_that_holds_nothing_but_a_quotation_gives_that(tmp_path: Path) -> None:
    [report], _ = read(saved(mail(f"{BLOCKS[0]}\n\n{EARLIER}\n"), tmp_path))
    assert (report.text, report.publisher, report.published) == (EARLIER, "Jane Doe", date(2020, 3, 9))


@pytest.mark.parametrize(
    ("subject", "said"),
    [("Re: Diyala", "reply"), ("AW: Diyala", "reply"), ("RE: FW: Diyala", "reply"), ("Re[2]: Diyala", "reply"), ("Fwd: Re: Diyala", "forward"),
     ("WG: Diyala", "forward"), ("TR : Diyala", "forward"), ("Diyala: two killed", ""), ("", "")],
)  # fmt: skip
def test_a_subject_says_whether_a_mail_answers_or_forwards(subject: str, said: str) -> None:
    assert subject_says(subject) == said


@pytest.mark.parametrize(
    ("text", "day"),
    [("03/09/2020 3:14 PM", date(2020, 3, 9)), ("09/03/2020 15:14", date(2020, 3, 9)), ("09.03.2020 15:14", date(2020, 3, 9)),
     ("lundi 9 mars 2020 15:14", date(2020, 3, 9)), ("yesterday", DAY), ("", DAY)],
)  # fmt: skip
def test_the_day_of_a_header_is_read_in_any_order_and_language(text: str, day: date) -> None:
    assert day_of_header(text, DAY) == day


def test_a_mail_of_news_and_a_forwarded_mail_are_two_reports(tmp_path: Path) -> None:
    reports, _ = read(saved(mail(f"{NEWS}\n\n{MARKERS[0]}\n\n{EARLIER}\n", "Fwd: Diyala"), tmp_path))
    assert [(report.id, report.text, report.publisher, report.published) for report in reports] == [
        ("mail.eml:1", NEWS, "Ali Hassan", DAY),
        ("mail.eml:2", EARLIER, "Jane Doe", date(2020, 3, 9)),
    ]


GMAIL = (
    f"<div dir='ltr'><p>{NEWS}</p></div><br><div class='gmail_quote'><div class='gmail_attr'>On Mon, Mar 9, 2020 at 3:14 PM Jane Doe "
    f"&lt;<a href='mailto:jane@example.org'>jane@example.org</a>&gt; wrote:<br></div><blockquote class='gmail_quote'><p>{EARLIER}</p>"
    "<blockquote>Thanks.</blockquote></blockquote></div>"
)
OUTLOOK = (
    f"<div><p>{NEWS}</p></div><hr><div id='divRplyFwdMsg'><b>From:</b> Jane Doe &lt;jane@example.org&gt;<br><b>Sent:</b> Monday, March 9, 2020 "
    f"3:14 PM<br><b>To:</b> Ali<br><b>Subject:</b> Diyala</div><div><p>{EARLIER}</p></div>"
)


@pytest.mark.parametrize("page", [GMAIL, OUTLOOK])
def test_quotations_in_mails_of_html_are_cut_out_too(tmp_path: Path, page: str) -> None:
    [report], notes = read(saved(mail(f"<html><body>{page}</body></html>", html=True), tmp_path))
    assert report.text == NEWS
    assert any("not read again" in note for note in notes)


def test_a_forwarded_mail_of_html_stays(tmp_path: Path) -> None:
    reports, _ = read(saved(mail(f"<html><body>{OUTLOOK}</body></html>", "FW: Diyala", html=True), tmp_path))
    assert [report.text for report in reports] == [NEWS, EARLIER]


def test_attached_mails_are_reports_of_their_own(tmp_path: Path) -> None:
    outer, attached = mail(NEWS, "Two mails"), mail(EARLIER, "Diyala")
    attached.replace_header("From", "Jane Doe <jane@example.org>")
    outer.add_attachment(attached)
    outer.add_attachment(
        mail(EARLIER, "As a file").as_bytes(), maintype="application", subtype="octet-stream", filename="other.eml"
    )
    outer.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="map.pdf")
    reports, notes = read(saved(outer, tmp_path))
    assert [(report.id, report.title, report.publisher) for report in reports] == [
        ("mail.eml:1", "Two mails", "Ali Hassan"),
        ("mail.eml:2", "Diyala", "Jane Doe"),
        ("mail.eml:3", "As a file", "Ali Hassan"),
    ]
    [note] = notes
    assert "map.pdf" in note
    assert "other.eml" not in note


def test_a_thread_in_a_mailbox_gives_each_mail_once(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "in.mbox")
    box.add(mail(EARLIER, "Diyala"))
    box.add(mail(f"{NEWS}\n\n{INTRODUCTIONS[0]}\n\n> {EARLIER}\n"))
    box.add(mail(f"Thank you all.\n\n{INTRODUCTIONS[0]}\n\n> {NEWS}\n>\n> {INTRODUCTIONS[0]}\n>> {EARLIER}\n"))
    box.close()
    reports, notes = read(tmp_path / "in.mbox")
    assert [(report.id, report.text) for report in reports] == [
        ("in.mbox:1", EARLIER),
        ("in.mbox:2", NEWS),
        ("in.mbox:3", "Thank you all."),
    ]
    [note] = notes
    assert "2 of its mails quote earlier mails" in note


def test_the_html_of_a_mail_is_read_where_its_plain_text_only_points_to_it(tmp_path: Path) -> None:
    message = mail("Open this mail in your browser.", "Daily")
    message.add_alternative(f"<html><body><p>{NEWS}</p><p>{EARLIER}</p></body></html>", subtype="html")
    [report], _ = read(saved(message, tmp_path))
    assert NEWS in report.text


def test_a_forwarded_thread_may_be_as_long_as_it_likes() -> None:
    parts = part_thread(f"{BLOCKS[1]}\n\n{EARLIER}\n\n" * 2_000, forward=True).forwarded
    assert len(parts) == 2_000
