// SPDX-License-Identifier: Apache-2.0
// Without a map: a plain plane true to scale, with rings of distance around the car, the route and the places.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Controls
import Models
import Style

Rectangle {
    id: root
    required property var view
    // Pixels of the world's width; one metre of it here.
    readonly property real world: 256 * Math.pow(2, root.view.zoom)
    readonly property real metre: world / (40075016.7 * Math.max(0.05, Math.cos(root.view.lookLatitude * Math.PI / 180)))
    readonly property point middle: spot(root.view.lookLatitude, root.view.lookLongitude)
    readonly property real ring: Units.distance !== "" ? Units.rounded(Math.min(width, height) / 3.4 / metre) : 0 // metres
    color: Style.mapGround
    clip: true

    function spot(latitude: real, longitude: real): point {
        const sine = Math.sin(latitude * Math.PI / 180);
        return Qt.point((longitude + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
    }
    function onScreen(latitude: real, longitude: real): point {
        const at = spot(latitude, longitude);
        const angle = -root.view.bearing * Math.PI / 180;
        const east = (at.x - root.middle.x) * root.world;
        const south = (at.y - root.middle.y) * root.world;
        return Qt.point(root.view.aim.x + east * Math.cos(angle) - south * Math.sin(angle), root.view.aim.y + east * Math.sin(angle) + south * Math.cos(angle));
    }

    Repeater {
        model: 3 // each is dear to draw in software

        Rectangle {
            id: circle
            required property int index
            readonly property real reach: (index + 1) * root.ring * root.metre
            x: root.view.aim.x - reach
            y: root.view.aim.y - reach
            width: 2 * reach
            height: 2 * reach
            radius: reach
            color: "transparent"
            border.width: 2
            border.color: Style.raised

            Label {
                // On the ring's top, or where the way lies ahead, left of it.
                readonly property real corner: circle.reach * (1 - Math.SQRT1_2)
                x: root.view.headingUp ? corner - width - 4 : (parent.width - width) / 2
                y: root.view.headingUp ? corner - height : 8
                visible: circle.y + y >= root.view.coveredTop && circle.x + x >= root.view.coveredLeft && circle.x + x + width <= root.width - root.view.coveredRight
                text: Units.distance !== "" ? Units.way((circle.index + 1) * root.ring) : ""
                color: Style.muted
            }
        }
    }
    // Laid out around its first point and then moved and turned: its points change with the zoom alone.
    Shape {
        id: line
        readonly property var first: root.view.route[0] ?? null
        readonly property point origin: first ? root.spot(first.latitude, first.longitude) : Qt.point(0, 0)
        readonly property point place: first ? root.onScreen(first.latitude, first.longitude) : Qt.point(0, 0)
        objectName: "mapRoute"
        x: place.x
        y: place.y
        transformOrigin: Item.TopLeft
        rotation: -root.view.bearing
        visible: root.view.route.length > 1
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: Style.accent
            strokeWidth: 10
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathPolyline {
                path: root.view.route.map(point => {
                    const at = root.spot(point.latitude, point.longitude);
                    return Qt.point((at.x - line.origin.x) * root.world, (at.y - line.origin.y) * root.world);
                })
            }
        }
    }
    Repeater {
        model: root.view.markers.concat(root.view.stops)

        MapMarker {
            id: place
            required property var modelData
            readonly property point spot: root.onScreen(modelData.latitude, modelData.longitude)
            marker: modelData
            x: spot.x - width / 2
            y: spot.y - height / 2
            z: chosen ? 1 : 0
            onClicked: root.view.chosen(place.modelData.key)
        }
    }
    CarArrow {
        readonly property point spot: root.onScreen(root.view.carLatitude, root.view.carLongitude)
        objectName: "mapCar"
        visible: Location.known
        x: spot.x - 32
        y: spot.y - 32
        z: 2
        directed: Location.directed
        turn: root.view.carTurn
    }
}
