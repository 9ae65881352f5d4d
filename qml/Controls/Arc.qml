// SPDX-License-Identifier: Apache-2.0
// A part of a ring.
import QtQuick
import QtQuick.Shapes

Shape {
    id: root
    property real start: 150 // degrees, clockwise from three o'clock
    property real sweep: 240
    property real thickness: 12
    property color color
    preferredRendererType: Shape.CurveRenderer

    ShapePath {
        strokeColor: root.color
        strokeWidth: root.thickness
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap

        PathAngleArc {
            centerX: root.width / 2
            centerY: root.width / 2
            radiusX: (root.width - root.thickness) / 2
            radiusY: radiusX
            startAngle: root.start
            sweepAngle: root.sweep
        }
    }
}
