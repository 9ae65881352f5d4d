// SPDX-License-Identifier: Apache-2.0
// The map from pictures on board, by Qt Location. It never asks a network: there is no host to ask.
pragma ComponentBehavior: Bound
import QtQuick
import QtLocation
import QtPositioning
import Models
import Style

Item {
    id: root
    required property var view // the MapView around it: where to look, how close, which way up
    readonly property var names: Maps.places

    function look(): void {
        if (!root.view)
            return;
        const here = QtPositioning.coordinate(root.view.lookLatitude, root.view.lookLongitude);
        if (root.view.aim.x === root.width / 2 && root.view.aim.y === root.height / 2)
            map.center = here;
        else
            map.alignCoordinateToPoint(here, root.view.aim);
    }
    function path(points: var): var {
        return points.map(point => QtPositioning.coordinate(point.latitude, point.longitude));
    }
    function moved(): void {
        const there = map.toCoordinate(root.view.aim, false);
        root.view.leave(there.latitude, there.longitude);
    }
    Component.onCompleted: root.look()
    onWidthChanged: root.look()
    onHeightChanged: root.look()

    Connections {
        target: root.view
        function onLooked(): void {
            root.look();
        }
    }
    Plugin {
        id: offline
        name: "osm"
        PluginParameter {
            name: "osm.mapping.offline.directory"
            value: Style.night ? Maps.night : Maps.day
        }
        PluginParameter {
            name: "osm.mapping.providersrepository.disabled"
            value: true
        }
        PluginParameter {
            name: "osm.mapping.custom.host"
            value: "file:///nowhere/"
        }
        PluginParameter {
            name: "osm.mapping.prefetching_style"
            value: "NoPrefetching"
        }
        PluginParameter {
            name: "osm.mapping.highdpi_tiles"
            value: false
        }
        PluginParameter {
            name: "osm.mapping.cache.directory"
            value: Maps.cache
        }
        PluginParameter {
            name: "osm.mapping.cache.disk.size"
            value: 0
        }
    }
    Map {
        id: map
        objectName: "mapTiles"
        anchors.fill: parent
        plugin: offline
        activeMapType: supportedMapTypes[supportedMapTypes.length - 1] // the only one that is on board
        color: Style.mapGround
        copyrightsVisible: false
        minimumZoomLevel: Maps.least
        maximumZoomLevel: Maps.most + 0.99
        zoomLevel: root.view.zoom
        bearing: root.view.bearing
        onZoomLevelChanged: root.look()

        MapPolyline {
            path: root.path(root.view.route)
            visible: root.view.route.length > 1
            line.width: 16
            line.color: Style.mapEdge
        }
        MapPolyline {
            path: root.path(root.view.route)
            visible: root.view.route.length > 1
            line.width: 10
            line.color: Style.accent
        }
        MapItemView {
            model: root.names
            delegate: MapQuickItem {
                id: name
                required property var modelData
                coordinate: QtPositioning.coordinate(modelData.latitude, modelData.longitude)
                visible: modelData.rank < 2 || map.zoomLevel >= 11 + modelData.rank
                anchorPoint: Qt.point(sourceItem.width / 2, sourceItem.height / 2)
                sourceItem: PlaceName {
                    text: name.modelData.name
                    rank: name.modelData.rank
                }
            }
        }
        MapItemView {
            model: root.view.markers.concat(root.view.stops)
            delegate: MapQuickItem {
                id: place
                required property var modelData
                coordinate: QtPositioning.coordinate(modelData.latitude, modelData.longitude)
                anchorPoint: Qt.point(Style.target / 2, Style.target / 2)
                z: modelData.chosen ? 1 : 0
                sourceItem: MapMarker {
                    marker: place.modelData
                    onClicked: root.view.chosen(place.modelData.key)
                }
            }
        }
        MapQuickItem {
            objectName: "mapCar"
            visible: Location.known
            coordinate: QtPositioning.coordinate(root.view.carLatitude, root.view.carLongitude)
            anchorPoint: Qt.point(32, 32)
            z: 2
            sourceItem: CarArrow {
                directed: Location.directed
                turn: root.view.carTurn
            }
        }
        DragHandler {
            target: null
            onTranslationChanged: delta => {
                map.pan(-delta.x, -delta.y);
                root.moved();
            }
        }
        PinchHandler {
            target: null
            rotationAxis.enabled: false
            onScaleChanged: delta => root.view.zoomTo(root.view.zoom + Math.log2(delta))
        }
        WheelHandler {
            onWheel: event => root.view.zoomTo(root.view.zoom + event.angleDelta.y / 480)
        }
    }
}
