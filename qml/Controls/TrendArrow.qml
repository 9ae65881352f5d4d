// SPDX-License-Identifier: Apache-2.0
// Where a value goes: up, on, or down, which is a warning where falling is bad. Nothing while nobody knows.
import QtQuick
import QtQuick.Shapes
import Style

Shape {
    id: root
    property string trend // rising, steady or falling
    property bool bad: root.trend === "falling"
    readonly property bool known: ["rising", "falling", "steady"].includes(root.trend)
    visible: known
    width: 24
    height: 24
    rotation: root.trend === "rising" ? -45 : root.trend === "falling" ? 45 : 0
    preferredRendererType: Shape.CurveRenderer

    ShapePath {
        strokeColor: root.bad ? Style.warn : Style.muted
        strokeWidth: 2.4
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        joinStyle: ShapePath.RoundJoin

        PathSvg {
            path: "M3 12 H20 M14 6 L20 12 L14 18"
        }
    }
}
