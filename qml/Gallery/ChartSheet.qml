// SPDX-License-Identifier: Apache-2.0
// What is drawn of numbers: with many, with two, with a mark, and with none.
// Words here are for developers and are not translated.
import QtQuick
import Controls
import Style

Rectangle {
    id: root
    objectName: "chartSheet"
    property bool mirrored: false
    color: Style.ground
    LayoutMirroring.enabled: root.mirrored
    LayoutMirroring.childrenInherit: true

    Card {
        anchors.fill: parent
        anchors.margins: Style.gap

        Grid {
            anchors.fill: parent
            anchors.margins: Style.margin
            columns: 2
            spacing: Style.margin

            LineChart {
                width: (parent.width - Style.margin) / 2
                height: 250
                tag: "galleryMean"
                points: [18, 22, 17, 14, -6, 9, 24, 21, 16, 15].map((value, number) => Qt.point(number - 9.5, value))
                first: -10
                last: 0
                lowest: -10
                highest: 30
                rows: ["-10", "10", "30"]
                columns: ["10 km ago", "Now"]
                mean: 15
            }
            LineChart {
                width: (parent.width - Style.margin) / 2
                height: 250
                tag: "galleryEnded"
                points: [Qt.point(12, 60), Qt.point(30, 148), Qt.point(55, 120), Qt.point(64, 90)]
                highest: 150
                rows: ["0", "75", "150"]
                columns: ["0 %", "50 %", "100 %"]
                ended: true
                ink: Style.good
                edge: 60
                tail: 30
            }
            LineChart {
                width: (parent.width - Style.margin) / 2
                height: 160
                tag: "galleryNone"
                empty: "There is nothing to draw yet, and this sentence says why."
            }
            Column {
                width: (parent.width - Style.margin) / 2
                spacing: 28

                BandChart {
                    width: parent.width
                    tag: "galleryBoth"
                    known: true
                    low: 215
                    high: 290
                    marked: true
                    mark: 268
                    reach: 350
                }
                BandChart {
                    width: parent.width
                    tag: "galleryNeither"
                }
                Row {
                    spacing: Style.margin

                    Repeater {
                        model: ["rising", "steady", "falling", ""]

                        TrendArrow {
                            required property string modelData
                            trend: modelData
                        }
                    }
                }
            }
        }
    }
}
