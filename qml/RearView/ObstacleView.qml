// SPDX-License-Identifier: Apache-2.0
// The car's tail from above, and how near something is at the left, in the middle and at the right.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes

import Models
import Style

Item {
    id: root
    // Rings from the bumper outwards: up to how many metres each stands for.
    readonly property list<real> rings: [0.5, 1, 2, 5]
    readonly property list<color> inks: [Style.pictureNear, Style.pictureMiddle, Style.pictureFar, Style.pictureFar]
    readonly property real unit: Math.min(width / 240, height / 210)
    readonly property real centre: width / 2
    Accessible.role: Accessible.Indicator
    Accessible.name: RearView.nearest === "" ? qsTr("Nothing near is known of") : qsTr("Nearest behind: %1").arg(RearView.nearest)

    // The tail: wheels, body, rear window.
    Repeater {
        model: [-1, 1]

        Rectangle {
            required property int modelData
            width: 14 * root.unit
            height: 34 * root.unit
            radius: 5 * root.unit
            x: root.centre + modelData * 38 * root.unit - width / 2
            y: 22 * root.unit
            color: Style.onPictureMuted
        }
    }
    Shape {
        anchors.fill: parent
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: Style.onPictureMuted
            strokeWidth: 3
            fillColor: Style.pictureCard
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            PathSvg {
                readonly property real u: root.unit
                readonly property real c: root.centre
                path: `M ${c - 38 * u} 0 V ${58 * u} Q ${c - 38 * u} ${76 * u} ${c - 20 * u} ${79 * u} Q ${c} ${82 * u} ${c + 20 * u} ${79 * u} Q ${c + 38 * u} ${76 * u} ${c + 38 * u} ${58 * u} V 0`
            }
        }
        ShapePath {
            strokeColor: Style.onPictureMuted
            strokeWidth: 3
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            PathSvg {
                readonly property real u: root.unit
                readonly property real c: root.centre
                path: `M ${c - 26 * u} ${34 * u} Q ${c} ${42 * u} ${c + 26 * u} ${34 * u} L ${c + 22 * u} ${52 * u} Q ${c} ${58 * u} ${c - 22 * u} ${52 * u} Z`
            }
        }
    }
    // Three sectors of four rings; the ring that something is in and those behind it are lit.
    Repeater {
        model: 12

        Shape {
            id: ring
            required property int index
            readonly property int zone: Math.floor(index / 4)
            readonly property int level: index % 4
            readonly property real metres: RearView.obstacles[zone]
            readonly property bool lit: metres >= 0 && metres <= root.rings[level] && (level === 0 || metres > root.rings[level - 1])
            anchors.fill: parent
            preferredRendererType: Shape.CurveRenderer

            ShapePath {
                strokeColor: ring.lit ? root.inks[ring.level] : Style.pictureTrack
                strokeWidth: 12 * root.unit
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap
                PathAngleArc {
                    centerX: root.centre
                    centerY: 40 * root.unit
                    radiusX: (62 + 22 * ring.level) * root.unit
                    radiusY: (62 + 22 * ring.level) * root.unit
                    startAngle: 118 - 44 * ring.zone
                    sweepAngle: 32
                }
            }
        }
    }
}
