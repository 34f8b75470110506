"""Edit a layer in QGIS as a person would: move, mend, delete, draw anew, copy. Run by the system's Python."""

import sys

from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

QgsApplication.setPrefixPath("/usr", True)  # noqa: FBT003 - C++ has no keywords
application = QgsApplication([], False)  # noqa: FBT003 - likewise
application.initQgis()
layer = QgsVectorLayer(f"{sys.argv[1]}|layername=incidents", "incidents", "ogr")
rows = {row["place_name"]: row for row in layer.getFeatures()}
layer.startEditing()
layer.changeGeometry(rows["Camp Taji"].id(), QgsGeometry.fromPointXY(QgsPointXY(44.3, 33.6)))
layer.changeAttributeValue(rows["Erbil"].id(), layer.fields().indexFromName("sub_event_type"), "Armed clash")
layer.deleteFeature(rows["Mosul"].id())
drawn = QgsFeature(layer.fields())
drawn.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(43.0, 34.0)))
drawn["place_name"], drawn["sub_event_type"] = "drawn by hand", "Grenade"
layer.addFeature(drawn)
copied = QgsFeature(rows["Kirkuk"])
copied["fid"], copied["place_name"] = None, "copied"
layer.addFeature(copied)
saved = layer.commitChanges()
del layer
application.exitQgis()
sys.exit(not saved)
