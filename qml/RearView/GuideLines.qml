// SPDX-License-Identifier: Apache-2.0
// The way that the car takes with the steering wheel as it is, over the picture.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes

import Models
import Style

Item {
    id: root
    readonly property list<color> inks: [Style.pictureNear, Style.pictureMiddle, Style.pictureFar]
    clip: true

    function points(side: var): var {
        return side.map(point => Qt.point(point.x * root.width, point.y * root.height));
    }

    Repeater {
        model: RearView.bands

        Item {
            id: band
            required property int index
            required property var modelData
            anchors.fill: parent

            Repeater {
                model: 2

                Shape {
                    id: side
                    required property int index
                    readonly property var way: root.points(band.modelData[side.index])
                    anchors.fill: parent
                    preferredRendererType: Shape.CurveRenderer

                    ShapePath {
                        strokeColor: Style.pictureEdge
                        strokeWidth: 12
                        fillColor: "transparent"
                        capStyle: ShapePath.RoundCap
                        joinStyle: ShapePath.RoundJoin
                        PathPolyline {
                            path: side.way
                        }
                    }
                    ShapePath {
                        strokeColor: root.inks[band.index] ?? Style.pictureFar
                        strokeWidth: 7
                        fillColor: "transparent"
                        capStyle: ShapePath.RoundCap
                        joinStyle: ShapePath.RoundJoin
                        PathPolyline {
                            path: side.way
                        }
                    }
                }
            }
        }
    }
    Repeater {
        model: RearView.marks

        Shape {
            id: mark
            required property var modelData
            readonly property point begin: Qt.point(modelData[1].x * root.width, modelData[1].y * root.height)
            readonly property point finish: Qt.point(modelData[2].x * root.width, modelData[2].y * root.height)
            // Two short ends, so that what stands in the way is not crossed out.
            readonly property real part: 0.16
            readonly property point beginEnd: Qt.point(begin.x + (finish.x - begin.x) * part, begin.y + (finish.y - begin.y) * part)
            readonly property point finishEnd: Qt.point(finish.x + (begin.x - finish.x) * part, finish.y + (begin.y - finish.y) * part)
            readonly property color ink: modelData[0] <= 0.5 ? Style.pictureNear : modelData[0] <= 1 ? Style.pictureMiddle : Style.pictureFar
            anchors.fill: parent
            preferredRendererType: Shape.CurveRenderer

            ShapePath {
                strokeColor: mark.ink
                strokeWidth: 6
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap
                PathPolyline {
                    path: [mark.begin, mark.beginEnd]
                }
            }
            ShapePath {
                strokeColor: mark.ink
                strokeWidth: 6
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap
                PathPolyline {
                    path: [mark.finish, mark.finishEnd]
                }
            }
        }
    }
}
