"""Put together what QGIS keeps of a layer: renderer, labels, tips, times, forms."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from geo.exporting.qgis_xml import MOMENT, TEXT, aliases, element, temporal, worked_out
from geo.resources import read_table

# QGIS compares a day with a moment as texts, which shows an incident a day early and never on its last day;
# so its time is given as two moments: the first and the last second of its days.
SPAN: Final = {
    "shown_from": 'to_datetime("date_start")',
    "shown_until": "to_datetime(\"date_end\") + to_interval('86399 seconds')",
}


class Style(NamedTuple):
    """How one kind of layer is drawn."""

    renderer: ET.Element
    labels: ET.Element | None = None
    tip: str = ""
    times: ET.Element | None = None
    widgets: Sequence[ET.Element] = ()
    widest_scale: int = 0  # the denominator beyond which the layer is not drawn; 0: always drawn
    texts: Mapping[str, str] = {}  # fields of text that QGIS works out: their expressions
    form: Sequence[ET.Element] = ()

    def attributes(self) -> dict[str, int]:
        """Give the attributes of the element that the children stand in."""
        bounded = int(self.widest_scale > 0)
        scales = {"hasScaleBasedVisibilityFlag": bounded, "minScale": self.widest_scale, "maxScale": 0}
        return {"labelsEnabled": int(self.labels is not None), **(scales if bounded else {})}

    def children(self) -> list[ET.Element]:
        """Give the elements as they stand in a .qml file and in a layer of a project."""
        fields = {name: (MOMENT, text) for name, text in SPAN.items()} if self.times is not None else {}
        fields |= {name: (TEXT, text) for name, text in self.texts.items()}
        parts = [
            self.times,
            worked_out(fields) if fields else None,
            self.renderer,
            self.labels,
            element("mapTip", text=self.tip) if self.tip else None,
        ]
        parts += [element("fieldConfiguration", None, *self.widgets)] if self.widgets else []
        parts += [aliases({row["column"]: row["alias"] for row in field_texts()})] if self.form else []
        return [part for part in (*parts, *self.form, element("layerOpacity", text="1")) if part is not None]


def field_texts() -> list[dict[str, str]]:
    """Read what columns are called, and in which tab of the form they stand."""
    return list(read_table("page/field_texts.csv"))


def shown_on_its_days() -> ET.Element:
    """Show a row on its days, in the temporal controller."""
    return temporal(*SPAN)
