// SPDX-License-Identifier: Apache-2.0
// Consumption over the road behind, the newest at the right, with its mean.
import QtQuick
import Controls
import Models

LineChart {
    id: root
    readonly property var values: Energy.stretches
    readonly property real road: values.length * Energy.stretch // km
    readonly property int span: road <= 2 ? 2 : road <= 5 ? 5 : road <= 10 ? 10 : road <= 25 ? 25 : 50 // km
    readonly property int most: 60 // points drawn
    readonly property int together: Math.max(1, Math.ceil(values.length / most)) // stretches of one point
    readonly property var means: averaged()
    tag: "history"
    points: means.map((value, number) => Qt.point(-(means.length - 1 - number + 0.5) * together * Energy.stretch, value))
    first: -span
    last: 0
    highest: Math.max(20, Math.ceil(Math.max(...means, Energy.mean) / 10) * 10)
    lowest: Math.min(0, Math.floor(Math.min(...means, 0) / 10) * 10)
    rows: [0, 1, 2].map(step => String(Math.round((lowest + (highest - lowest) * step / 2) / Units.far)))
    columns: [qsTr("%1 %2 ago").arg(Math.round(span * Units.far)).arg(Units.distance), qsTr("Now")]
    mean: Energy.mean
    empty: Energy.kept ? qsTr("The graph begins with the first half kilometre.") : qsTr("Consumption is not recorded at the moment.")

    function averaged(): var {
        const found = [];
        for (let last = root.values.length; last > 0; last -= root.together) {
            const part = root.values.slice(Math.max(0, last - root.together), last);
            found.unshift(part.reduce((sum, one) => sum + one, 0) / part.length);
        }
        return found;
    }
}
