// SPDX-License-Identifier: Apache-2.0
// A heating with three levels as a tile; each touch is the next level, after the last one it is off.
pragma ComponentBehavior: Bound
import QtQuick
import Models

Tile {
    id: control
    required property Setting setting
    level: control.setting.known ? Math.max(0, Math.min(3, Math.round(control.setting.value / 33))) : 0
    on: control.level > 0
    pending: control.setting.pending
    enabled: control.setting.known
    detail: !control.setting.known ? "—" : control.setting.value < 0 ? qsTr("Cooling") : control.level > 0 ? qsTr("Level %1").arg(control.level) : qsTr("Off")
    onClicked: Comfort.more(control.setting)
}
