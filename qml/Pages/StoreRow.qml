// SPDX-License-Identifier: Apache-2.0
// An app in the list of the store, below the name of its category when it is the first of it.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Column {
    id: root
    required property string app
    required property string name
    required property string glyph
    required property string text
    required property string note
    required property string section
    required property string mark
    signal clicked

    SectionHeader {
        x: Style.from(18, width, parent?.width ?? 0)
        width: parent.width - 36
        visible: root.section !== ""
        topPadding: 12
        bottomPadding: 4
        text: root.section
    }
    ListRow {
        objectName: "store_" + root.app
        width: parent.width
        glyph: root.glyph
        text: root.name
        mark: root.mark
        detail: root.note !== "" ? root.note : root.text
        chosen: Store.chosen === root.app
        onClicked: root.clicked()
    }
}
