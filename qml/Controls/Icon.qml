// SPDX-License-Identifier: Apache-2.0
// One of the car's icons, by name.
import QtQuick
import QtQuick.Shapes
import Style

Item {
    id: root
    property string name
    // Ways back and onward follow the lines; nothing else is turned round.
    readonly property string drawn: !Style.rtl ? name : name === "back" ? "forward" : name === "forward" ? "back" : name
    property color color: Style.text
    property color fill: "transparent"
    property real size: 32
    property real weight: 1.8
    implicitWidth: size
    implicitHeight: size

    Shape {
        width: 24
        height: 24
        scale: root.size / 24
        transformOrigin: Item.TopLeft
        preferredRendererType: Shape.CurveRenderer
        visible: root.name !== ""

        ShapePath {
            strokeColor: root.color
            strokeWidth: root.weight
            fillColor: root.fill
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: Glyphs.path(root.drawn)
            }
        }
    }
}
