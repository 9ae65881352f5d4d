// SPDX-License-Identifier: Apache-2.0
// An app's buttons, side by side.
pragma ComponentBehavior: Bound
import QtQuick
import Style

Row {
    id: root
    required property string tag // beginning of the buttons' objectNames
    required property var actions // key, title, style, glyph
    property real widest: 420
    signal chosen(target: string)
    spacing: 12
    visible: root.actions.length > 0
    height: visible ? Style.target : 0

    Repeater {
        model: root.actions

        ActionButton {
            required property var modelData
            objectName: root.tag + modelData.key
            width: Math.min(root.widest, (root.width - (root.actions.length - 1) * root.spacing) / root.actions.length)
            text: modelData.title
            style: modelData.style
            glyph: modelData.glyph
            onClicked: root.chosen(modelData.key)
        }
    }
}
