// SPDX-License-Identifier: Apache-2.0
// Shows the page that the router names. Home stays; every other page lives from its visit to its leaving, and one that
// cannot be shown is a sentence and nothing worse.
import QtQuick
import Controls
import Navigation
import Pages
import Style

Item {
    id: root
    readonly property bool atHome: Router.page === "home"

    function file(page: string): url {
        return Qt.resolvedUrl("../Pages/" + page.charAt(0).toUpperCase() + page.slice(1) + "Page.qml");
    }

    HomePage {
        anchors.fill: parent
        visible: root.atHome
    }
    Loader {
        id: other
        anchors.fill: parent
        asynchronous: true
        source: root.atHome ? "" : root.file(Router.page)
        visible: status === Loader.Ready
    }
    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Style.margin, 640)
        spacing: Style.gap
        visible: other.status === Loader.Error

        Label {
            objectName: "pageFailed"
            width: parent.width
            wrapMode: Text.WordWrap
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("This page cannot be shown. Everything else goes on working.")
        }
        PillButton {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 320
            text: qsTr("Home")
            onClicked: Router.go("home", "")
        }
    }
}
