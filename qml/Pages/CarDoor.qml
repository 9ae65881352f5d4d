// SPDX-License-Identifier: Apache-2.0
// The leaf of an open door, hinged at its front.
import QtQuick
import Models
import Style

Rectangle {
    id: root
    required property Door door
    property bool mirrored: false
    visible: root.door.opened.known && root.door.opened.value > 0
    width: 9
    height: 84
    radius: 4.5
    antialiasing: true
    color: Style.warn
    transformOrigin: Item.Top
    rotation: root.mirrored ? -38 : 38
}
