// SPDX-License-Identifier: Apache-2.0
// Rows of an app's page. What is selected is on the screen without a touch; near the end more is asked for.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

ListView {
    id: list
    required property AppPage page
    required property string app
    readonly property int selectedRow: page.selected
    property bool ready: false
    clip: true
    spacing: 4
    currentIndex: -1 // no highlight to animate
    cacheBuffer: 0 // rows ahead would be made between frames, and still be in the making when the page goes
    boundsBehavior: Flickable.StopAtBounds
    snapMode: ListView.SnapToItem
    objectName: "appList_" + app
    // Rows added before the first ones are laid out would be laid out in their place; a model that comes last is at once.
    model: ready ? page.rows : null
    Component.onCompleted: Qt.callLater(() => {
        if (list) // the page may have gone meanwhile
            list.ready = true;
    })
    section.property: "section"
    section.delegate: Label {
        required property string section
        width: ListView.view.width
        height: section === "" ? 0 : 48
        leftPadding: 12
        verticalAlignment: Text.AlignBottom
        bottomPadding: 6
        text: section
        color: Style.muted
        font.weight: Font.DemiBold
    }
    onSelectedRowChanged: reveal()
    onHeightChanged: Qt.callLater(reveal)
    onMovementEnded: askMore()
    onCountChanged: Qt.callLater(askMore)

    function reveal(): void {
        if (list.selectedRow >= 0)
            list.positionViewAtIndex(list.selectedRow, list.height < 200 ? ListView.Beginning : ListView.Contain);
    }
    function askMore(): void {
        const measured = list.count === 0 || list.contentHeight > 0;
        if (list.ready && list.visible && measured && list.contentHeight - list.contentY - list.height < list.height)
            list.page.more();
    }

    // How far down the list is, where some of it is out of view: rows are shown whole, so that none hangs out.
    Rectangle {
        parent: list
        visible: list.visibleArea.heightRatio < 1
        anchors.right: parent.right
        y: list.visibleArea.yPosition * parent.height
        width: 4
        height: list.visibleArea.heightRatio * parent.height
        radius: 2
        color: Style.muted
    }

    delegate: TemplateRow {
        readonly property real begins: y - ListView.view.contentY
        // While a finger moves them they are seen as they come.
        opacity: ListView.view.moving || (begins > -2 && begins + height < ListView.view.height + 2) ? (live ? 1 : 0.75) : 0
        enabled: live && opacity > 0
        width: ListView.view.width
        objectName: "appRow_" + list.app + "_" + key
        onClicked: toggle >= 0 ? list.page.toggle(key, toggle === 0) : list.page.tap(key)
    }
}
