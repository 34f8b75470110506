"""Change one cell of the first row of each layer in QGIS, and print the rows' ids. Run by the system's Python."""

import sys

from qgis.core import QgsApplication, QgsVectorLayer

QgsApplication.setPrefixPath("/usr", True)  # noqa: FBT003 - C++ has no keywords
application = QgsApplication([], False)  # noqa: FBT003 - likewise
application.initQgis()
good = True
for path in sys.argv[1:]:
    layer = QgsVectorLayer(f"{path}|layername=incidents", "incidents", "ogr")
    row = next(layer.getFeatures())
    layer.startEditing()
    layer.changeAttributeValue(row.id(), layer.fields().indexFromName("weapon"), "touched in QGIS")
    good &= layer.commitChanges()
    print(row["incident_id"])  # noqa: T201
    del layer
application.exitQgis()
sys.exit(not good)
