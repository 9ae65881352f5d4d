// SPDX-License-Identifier: Apache-2.0
// A switch of the car as a tile.
pragma ComponentBehavior: Bound
import QtQuick
import Models

Tile {
    id: control
    required property Setting setting
    property string onText: qsTr("On")
    property string offText: qsTr("Off")
    on: control.setting.known && control.setting.value > 0
    pending: control.setting.pending
    enabled: control.setting.known
    detail: control.setting.known ? (control.on ? control.onText : control.offText) : "—"
    onClicked: control.setting.flip()
}
