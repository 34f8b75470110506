"""Open layers and a project in QGIS and say as JSON what it makes of them. Runs in the system's Python, not in geo's."""

import json
import sys
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsProviderRegistry,
    QgsRenderContext,
    QgsTemporalUtils,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime


def classes_of(renderer: Any) -> list[str]:
    if hasattr(renderer, "categories"):
        return [category.value() for category in renderer.categories()]
    return [rule.label() for rule in renderer.rootRule().children()] if hasattr(renderer, "rootRule") else []


def marks_of(layer: Any, renderer: Any) -> dict[str, int]:
    """Count the features that get a mark, by the precision of their place."""
    counts: dict[str, int] = {}
    if not hasattr(renderer, "rootRule") or "geo_precision" not in layer.fields().names():
        return counts
    context = QgsRenderContext()
    context.setExpressionContext(QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer)))
    renderer = renderer.clone()
    renderer.startRender(context, layer.fields())
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        rules = renderer.rootRule().rulesForFeature(feature, context) if feature.hasGeometry() else []
        if any(getattr(rule.symbol(), "size", lambda: 1)() > 0 for rule in rules):
            name = str(feature["geo_precision"])
            counts[name] = counts.get(name, 0) + 1
    renderer.stopRender(context)
    return counts


def look_at_layer(layer: Any) -> dict[str, Any]:
    first = next(layer.getFeatures(QgsFeatureRequest().setLimit(1)), None)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    if first is not None:
        context.setFeature(first)
    times, renderer = layer.temporalProperties(), layer.renderer()  # no renderer where there is no geometry
    inner = renderer and (renderer.embeddedRenderer() or renderer)
    names = layer.fields().names()
    return {
        "valid": layer.isValid(),
        "crs": layer.crs().authid(),
        "count": layer.featureCount(),
        "fields": {field.name(): field.typeName() for field in layer.fields()},
        "renderer": renderer and renderer.type(),
        "classes": classes_of(inner),
        "aliases": {field.name(): field.alias() for field in layer.fields() if field.alias()},
        "tabs": [tab.name() for tab in layer.editFormConfig().tabs()],
        "headlines": [feature["headline"] for feature in layer.getFeatures()] if "headline" in names else [],
        "marks": marks_of(layer, inner),
        "labels": [rule.description() for rule in layer.labeling().rootRule().children()]
        if layer.labelsEnabled()
        else [],
        "tip": QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context) if first is not None else "",
        "times": [times.isActive(), times.startField(), times.endField(), int(times.limitMode())],
        "choices": sorted(f.name() for f in layer.fields() if f.editorWidgetSetup().type() == "ValueMap"),
    }


def shown_on(layer: Any, day: tuple[int, int, int]) -> dict[str, int]:
    """Count what the temporal controller shows in a frame of a day, or of an hour of it: frames exclude their end."""
    begin = QDateTime(QDate(*day), QTime(0, 0), Qt.UTC)
    frames = {"the day before": (-24, 0), "the day": (0, 24), "its noon": (12, 13), "the day after": (24, 48)}
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    counts = {}
    for name, (first, last) in frames.items():
        during = QgsDateTimeRange(
            begin.addSecs(first * 3600), begin.addSecs(last * 3600), includeBeginning=True, includeEnd=False
        )
        text = layer.temporalProperties().createFilterString(context, during)
        counts[name] = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setFilterExpression(text)))
    return counts


def degrees_of(extent: Any) -> list[float]:
    """Give west, south, east and north; east is above 180 where the box lies across the antimeridian."""
    to_degrees = QgsCoordinateTransform(
        extent.crs(), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance().transformContext()
    )
    first = to_degrees.transform(extent.xMinimum(), extent.yMinimum())
    last = to_degrees.transform(extent.xMaximum(), extent.yMaximum())
    return [first.x(), first.y(), last.x() + (360 if last.x() < first.x() else 0), last.y()]


def draw(project: Any, path: str) -> dict[str, Any]:
    settings = QgsMapSettings()
    settings.setOutputSize(QSize(1200, 900))
    settings.setDestinationCrs(project.crs())
    settings.setBackgroundColor(project.backgroundColor())
    settings.setLayers([node.layer() for node in project.layerTreeRoot().findLayers() if node.isVisible()])
    extent = project.viewSettings().defaultViewExtent()
    settings.setExtent(QgsCoordinateTransform(extent.crs(), project.crs(), project).transformBoundingBox(extent))
    settings.setLabelingEngineSettings(project.labelingEngineSettings())
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(path)
    words = [label.labelText for label in job.takeLabelingResults().labelsWithinRect(settings.visibleExtent())]
    colours: dict[str, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            colours[name] = colours.get(name, 0) + 1
    return {"errors": [error.message for error in job.errors()], "colours": colours, "words": sorted(words)}


def print_sheet(project: Any, picture: str) -> dict[str, Any]:
    """Print every layout to a picture and a PDF, and say what stands on it."""
    found: dict[str, Any] = {}
    for sheet in project.layoutManager().printLayouts():
        exporter = QgsLayoutExporter(sheet)
        settings = QgsLayoutExporter.ImageExportSettings()
        settings.dpi = 100
        Path(f"{picture}.sheet.png").unlink(missing_ok=True)
        done = exporter.exportToImage(f"{picture}.sheet.png", settings)
        pdf = exporter.exportToPdf(f"{picture}.sheet.pdf", QgsLayoutExporter.PdfExportSettings())
        items = [item for item in sheet.items() if isinstance(item, QgsLayoutItem)]
        legends = [item for item in items if isinstance(item, QgsLayoutItemLegend)]
        found[sheet.name()] = {
            "done": [done, pdf],
            "items": sorted({type(item).__name__ for item in items}),
            "texts": [item.currentText() for item in items if isinstance(item, QgsLayoutItemLabel)],
            "legend": [leaf.name() for legend in legends for leaf in legend.model().rootGroup().findLayers()],
        }
    return found


def written_by(text: str, layer: Any) -> list[Any]:
    """Evaluate an expression for every feature."""
    expression = QgsExpression(text)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFields(layer.fields())
    expression.prepare(context)
    lines = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        lines.append(expression.evaluate(context))
    return lines


def look_at_project(path: str, picture: str, day: tuple[int, int, int]) -> dict[str, Any]:
    project = QgsProject.instance()
    found: dict[str, Any] = {"read": project.read(path), "title": project.title()}
    found["crs"] = [project.crs().isValid(), project.crs().authid(), project.ellipsoid()]
    found["view"] = degrees_of(project.viewSettings().defaultViewExtent())
    found["groups"] = {
        group.name(): {leaf.name(): [leaf.isVisible(), leaf.layer() is not None] for leaf in group.findLayers()}
        for group in project.layerTreeRoot().findGroups()
    }
    layers = {layer.name(): layer for layer in project.mapLayers().values() if isinstance(layer, QgsVectorLayer)}
    found["layers"] = {name: look_at_layer(layer) for name, layer in layers.items()}
    found["sources"] = {layer.name(): layer.source() for layer in project.mapLayers().values()}
    between = QgsTemporalUtils.calculateTemporalRangeForProject(project)
    found["range"] = [between.begin().toString(Qt.ISODate), between.end().toString(Qt.ISODate)]
    time_range = project.timeSettings().temporalRange()
    found["time_range"] = [time_range.begin().toString(Qt.ISODate), time_range.end().toString(Qt.ISODate)]
    found["shown"] = shown_on(layers["incidents"], day)
    found["picture"] = draw(project, picture)
    found["sheets"] = print_sheet(project, picture)
    return found


def main(asked: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"layers": {}}
    if "file" in asked:
        listed = QgsProviderRegistry.instance().querySublayers(asked["file"])
        found["listed"] = {one.name(): QgsVectorLayer(one.uri(), one.name(), "ogr").isValid() for one in listed}
    for source in asked.get("layers", []):
        found["layers"][source] = look_at_layer(QgsVectorLayer(source, Path(source).stem, "ogr"))
    for source, texts in asked.get("expressions", {}).items():
        layer = QgsVectorLayer(source, "layer", "ogr")
        found["written"] = {name: written_by(text, layer) for name, text in texts.items()}
    if "project" in asked:
        found["project"] = look_at_project(asked["project"], asked["picture"], tuple(asked["day"]))
    return found


if __name__ == "__main__":
    application = QgsApplication([], GUIenabled=False)
    application.initQgis()
    answer = json.dumps(main(json.loads(sys.stdin.read())))
    QgsProject.instance().clear()
    application.exitQgis()
    sys.stdout.write(answer + "\n")
