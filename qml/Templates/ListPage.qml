// SPDX-License-Identifier: Apache-2.0
// A list. Its search field is a button of the header.
pragma ComponentBehavior: Bound
import QtQuick
import Models

Item {
    id: root
    required property AppPage page
    required property string app
    readonly property var content: page.content

    RowList {
        id: list
        anchors.fill: parent
        page: root.page
        app: root.app
    }
    PageState {
        anchors.fill: list
        visible: list.count === 0
        glyph: "list"
        text: root.content.empty || qsTr("There is nothing here.")
    }
}
