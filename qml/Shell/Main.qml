// SPDX-License-Identifier: Apache-2.0
// The window: status bar, page, climate bar, and what lies above them.
pragma ComponentBehavior: Bound
import QtQuick

import Controls
import Models
import Navigation
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
    readonly property bool upright: height > width
    // Where sheets lie: beside the drive's column, never over speed and selector.
    readonly property real sheetLeft: body.x + (upright || Style.mirrored ? 0 : Style.driveWidth(body.width) + Style.inset(body.width)) + Style.inset(body.width)
    readonly property real sheetWidth: Math.min(880, body.width - (upright ? 0 : Style.driveWidth(body.width) + Style.inset(body.width)) - 2 * Style.inset(body.width))

    Binding {
        target: Style
        property: "night"
        value: Lighting.night
    }
    Binding {
        target: Style
        property: "textScale"
        value: Profiles.scale
    }
    Binding {
        target: Style
        property: "still"
        value: Profiles.still
    }
    Binding {
        target: Style
        property: "mirrored"
        value: Profiles.right
    }
    Binding {
        target: Style
        property: "rtl"
        value: Language.rtl
    }
    LayoutMirroring.enabled: Language.rtl
    LayoutMirroring.childrenInherit: true
    Connections {
        target: SignalList
        function onSuggested() {
            Router.go("signals", "");
        }
    }
    Connections {
        target: Why
        function onAsked() {
            panel.asked = true;
            panel.open(Why.title, Why.sentence, "", window.sheetLeft + window.sheetWidth / 2);
        }
    }
    Item {
        id: body
        x: window.upright || Style.mirrored ? 0 : rail.width
        width: window.width - (window.upright ? 0 : rail.width)
        height: floor.y

        StatusBar {
            id: topBar
            width: parent.width
            onExplain: (title, sentence, hint, x) => {
                panel.asked = false;
                panel.open(title, sentence, hint, body.x + x);
            }
        }
        PageHost {
            anchors.top: topBar.bottom
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }
    ClimateBar {
        id: climate
        anchors.bottom: parent.bottom
        x: body.x
        width: body.width
    }
    Rail {
        id: rail
        across: window.upright
        x: !window.upright && Style.mirrored ? window.width - width : 0
        y: window.upright ? climate.y - height : 0
        width: window.upright ? window.width : Style.railWidth
        height: window.upright ? Style.railWidth : window.height
    }
    // What pages and sheets stand on.
    Item {
        id: floor
        y: window.upright ? rail.y : climate.y
    }
    VoiceOverlay {
        anchors.bottom: floor.top
        anchors.bottomMargin: Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
        room: floor.y - topBar.height - 2 * Style.inset(window.width)
    }
    PermissionsSheet {
        y: topBar.height + Style.inset(window.width)
        height: floor.y - topBar.height - 2 * Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    PromptSheet {
        anchors.bottom: floor.top
        anchors.bottomMargin: Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
        height: Math.min(implicitHeight, floor.y - topBar.height - 2 * Style.inset(window.width))
    }
    // One band at a time: ivi.hmi.bands has the rule. None reaches the climate bar.
    CallBand {
        id: call
        y: topBar.height + Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    PlayingBand {
        y: topBar.height + Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    Toast {
        y: topBar.height + Style.inset(window.width) + (notices.visible ? notices.height + 8 : 0)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    NoticeBand {
        id: notices
        free: Bands.shown === (notice.urgent ? "alert" : "hint")
        y: topBar.height + Style.inset(window.width)
        x: window.sheetLeft
        width: window.sheetWidth
    }
    Loader {
        anchors.bottom: floor.top
        anchors.bottomMargin: 8
        x: window.sheetLeft
        width: window.sheetWidth
        active: TextEntry.open
        sourceComponent: keyboard
    }
    SoundPanel {
        y: call.visible ? call.y + call.height + 8 : topBar.height + 4
        x: window.sheetLeft
        width: window.sheetWidth
    }
    ExplainPanel {
        id: panel
        anchors.fill: parent
        below: topBar.height
        first: Style.mirrored ? 0 : window.upright ? window.width * 0.56 : window.sheetLeft - Style.inset(window.width)
        last: !Style.mirrored ? window.width : window.upright ? window.width * 0.44 : window.sheetLeft + window.sheetWidth
        readonly property bool ofApps: panel.title === Processes.apphost.title && Apps.count > 0
        action: asked ? "" : ofApps ? qsTr("What apps may do") : Resolution.count > 0 ? qsTr("What is off, and what to do") : ""
        onActed: ofApps ? Permissions.open(Apps.first) : Router.go("resolution", "")
    }
    // Over everything. Loaded a moment after the first frame, so that it costs the start nothing.
    Loader {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: climate.top
        z: 100
        active: RearView.warm
        asynchronous: true
        source: "../RearView/RearOverlay.qml"
    }
    FocusKeys {
        rtl: Language.rtl
    }
    Component {
        id: keyboard
        Keyboard {}
    }
}
