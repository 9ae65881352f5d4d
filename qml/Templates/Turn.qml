// SPDX-License-Identifier: Apache-2.0
// The arrow of what to do on the road.
import QtQuick
import QtQuick.Shapes
import Controls
import Style

Item {
    id: root
    property string maneuver
    property int exit: 0
    property color color: Style.text
    property real size: 96
    implicitWidth: size
    implicitHeight: size

    Shape {
        width: 24
        height: 24
        scale: root.size / 24
        transformOrigin: Item.TopLeft
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: root.color
            strokeWidth: 2.4
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: Glyphs.turn(root.maneuver)
            }
        }
    }
    Label {
        visible: root.exit > 0 && root.maneuver === "roundabout"
        x: root.size * 0.4
        y: root.size * 0.39
        width: root.size * 0.2
        height: root.size * 0.28
        horizontalAlignment: Text.AlignHCenter
        text: root.exit
        font.pixelSize: Math.max(24, root.size * 0.24)
        font.weight: Font.DemiBold
        color: root.color
    }
}
