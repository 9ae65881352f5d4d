// SPDX-License-Identifier: Apache-2.0
// One app in the middle of nothing, as large as the window. Arrow keys turn the pages of the gallery; C shows the
// controls and charts, M mirrors them, and there the arrow keys lead from one to the next.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style
import Templates

Window {
    id: window
    width: 820
    height: 516
    color: Style.ground
    title: qsTr("Gallery")
    property bool controls: false // the sheet of controls lies over the app
    property int sheet: 0 // controls, those that show the car, charts
    property bool mirrored: false
    signal turned(by: int)

    Binding {
        target: Style
        property: "night"
        value: Lighting.night
    }
    Item {
        id: stage
        anchors.fill: parent
        anchors.margins: 16
        focus: true
        Keys.onRightPressed: window.turned(1)
        Keys.onLeftPressed: window.turned(-1)
        Keys.onSpacePressed: Lighting.toggle()

        Repeater {
            model: Apps

            AppCard {
                anchors.fill: parent
                expandable: true
            }
        }
        NoticeBand {
            anchors.top: parent.top
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(880, parent.width)
        }
        Loader {
            anchors.bottom: parent.bottom
            width: parent.width
            active: TextEntry.open
            sourceComponent: keyboard
        }
    }
    Shortcut {
        sequence: "C"
        // Controls, then those that show the car, then charts, then the app again.
        onActivated: {
            window.sheet = window.controls ? (window.sheet + 1) % 3 : 0;
            window.controls = !window.controls || window.sheet > 0;
        }
    }
    Shortcut {
        sequence: "M"
        onActivated: window.mirrored = !window.mirrored
    }
    Loader {
        anchors.fill: parent
        active: window.controls
        sourceComponent: [controlSheet, carSheet, chartSheet][window.sheet]
    }
    Component {
        id: controlSheet
        ControlSheet {
            mirrored: window.mirrored

            FocusKeys {
                rtl: window.mirrored
            }
        }
    }
    Component {
        id: carSheet
        CarControlSheet {
            mirrored: window.mirrored

            FocusKeys {
                rtl: window.mirrored
            }
        }
    }
    Component {
        id: chartSheet
        ChartSheet {
            mirrored: window.mirrored
        }
    }
    Component {
        id: keyboard
        Keyboard {}
    }
}
