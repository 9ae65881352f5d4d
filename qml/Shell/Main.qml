// SPDX-License-Identifier: Apache-2.0
// The window: status bar, page, climate bar, and what lies above them.
pragma ComponentBehavior: Bound
import QtQuick

import Models
import Pages
import Style
import Templates

Window {
    id: window
    width: 1280
    height: 720
    minimumWidth: 800
    minimumHeight: 480
    color: Style.ground
    title: qsTr("Cabin")
    property bool engineering: false
    // Where sheets lie: beside the drive's column, never over speed and selector.
    readonly property real sheetLeft: Style.driveWidth(width) + 2 * Style.inset(width)
    readonly property real sheetWidth: Math.min(880, width - sheetLeft - Style.inset(width))

    Binding {
        target: Style
        property: "night"
        value: Lighting.night
    }
    Connections {
        target: SignalList
        function onSuggested() {
            window.engineering = true;
        }
    }
    StatusBar {
        id: topBar
        width: parent.width
        engineering: window.engineering
        onPageToggled: window.engineering = !window.engineering
        onExplain: (title, sentence, hint, x) => panel.open(title, sentence, hint, x)
    }
    Loader {
        id: page
        anchors.top: topBar.bottom
        anchors.bottom: climate.top
        width: parent.width
        sourceComponent: window.engineering ? signalsPage : homePage
    }
    ClimateBar {
        id: climate
        anchors.bottom: parent.bottom
        width: parent.width
    }
    VoiceOverlay {
        anchors.bottom: climate.top
        anchors.bottomMargin: Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    PermissionsSheet {
        anchors.top: topBar.bottom
        anchors.topMargin: Style.inset(window.width)
        anchors.bottom: climate.top
        anchors.bottomMargin: Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    PromptSheet {
        anchors.bottom: climate.top
        anchors.bottomMargin: Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
        height: Math.min(implicitHeight, climate.y - topBar.height - 2 * Style.inset(window.width))
    }
    Toast {
        anchors.top: topBar.bottom
        anchors.topMargin: Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    NoticeBand {
        anchors.top: topBar.bottom
        anchors.topMargin: Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    Loader {
        anchors.bottom: climate.top
        anchors.bottomMargin: 8
        x: window.sheetLeft
        width: window.sheetWidth
        active: TextEntry.open
        sourceComponent: keyboard
    }
    ExplainPanel {
        id: panel
        anchors.fill: parent
        below: topBar.height
        action: panel.title === Processes.apphost.title && Apps.count > 0 ? qsTr("What apps may do") : ""
        onActed: Permissions.open(Apps.first)
    }
    // Over everything. Loaded a moment after the first frame, so that it costs the start nothing.
    Loader {
        anchors.fill: parent
        z: 100
        active: RearView.warm
        asynchronous: true
        source: "../RearView/RearOverlay.qml"
    }
    Component {
        id: keyboard
        Keyboard {}
    }
    Component {
        id: homePage
        HomePage {}
    }
    Component {
        id: signalsPage
        SignalsPage {}
    }
}
