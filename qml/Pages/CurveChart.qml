// SPDX-License-Identifier: Apache-2.0
// Charging power over the state of charge, as it was measured.
import QtQuick
import Controls
import Models
import Style

LineChart {
    id: root
    readonly property var numbers: Energy.curve // percent and kW by turns
    readonly property var powers: numbers.filter((_, n) => n % 2 === 1)
    readonly property real most: Math.max(...powers, 1)
    tag: "curve"
    points: powers.map((power, n) => Qt.point(numbers[2 * n], power))
    highest: most <= 12 ? 12 : Math.ceil(most / 50) * 50
    rows: [0, 1, 2].map(step => String(Math.round(highest * step / 2)))
    columns: [0, 50, 100].map(percent => qsTr("%1 %").arg(percent))
    ended: Energy.growing
    ink: Style.good
    edge: 60
    tail: 30
    empty: qsTr("The curve is measured while the car charges. It has not charged here yet.")
}
