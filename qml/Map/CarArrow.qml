// SPDX-License-Identifier: Apache-2.0
// Where the car is: an arrow where it is known which way it points, a dot where it is not.
import QtQuick
import QtQuick.Shapes
import Style

Item {
    id: root
    property bool directed: false
    property real turn: 0 // degrees clockwise from the screen's top
    width: 64
    height: 64

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        color: Style.accent
        opacity: 0.22
    }
    Rectangle {
        anchors.centerIn: parent
        visible: !root.directed
        width: 30
        height: 30
        radius: 15
        color: Style.accent
        border.width: 4
        border.color: Style.mapEdge
    }
    Shape {
        anchors.centerIn: parent
        visible: root.directed
        width: 40
        height: 40
        rotation: root.turn
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            fillColor: Style.accent
            strokeColor: Style.mapEdge
            strokeWidth: 3.5
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: "M20 3 L34 36 L20 28.5 L6 36 Z"
            }
        }
    }
}
