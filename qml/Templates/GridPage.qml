// SPDX-License-Identifier: Apache-2.0
// Tiles.
pragma ComponentBehavior: Bound
import QtQuick
import Models

Item {
    id: root
    required property AppPage page
    required property string app
    readonly property var content: page.content
    readonly property int columns: Math.max(2, Math.floor(width / 184))

    GridView {
        id: grid
        objectName: "appGrid_" + root.app
        width: parent.width + 12
        height: parent.height
        clip: true
        cacheBuffer: 0 // as in RowList
        boundsBehavior: Flickable.StopAtBounds
        currentIndex: -1
        cellWidth: Math.floor(width / root.columns)
        cellHeight: 188
        model: root.page.rows
        onMovementEnded: askMore()
        onCountChanged: Qt.callLater(askMore)

        function askMore(): void {
            if (grid.contentHeight - grid.contentY - grid.height < grid.height)
                root.page.more();
        }

        delegate: GridTile {
            width: grid.cellWidth - 12
            height: grid.cellHeight - 12
            objectName: "appRow_" + root.app + "_" + key
            onClicked: root.page.tap(key)
        }
    }
    PageState {
        anchors.fill: parent
        visible: grid.count === 0
        glyph: "apps"
        text: root.content.empty || qsTr("There is nothing here.")
    }
}
