// SPDX-License-Identifier: Apache-2.0
// A place that an app shows.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    required property var marker // key, label, glyph, title, chosen
    readonly property bool chosen: control.marker.chosen
    objectName: "mapMarker_" + control.marker.key
    implicitWidth: Style.target
    implicitHeight: Style.target
    text: control.marker.title || control.marker.label
    Accessible.role: Accessible.Button
    Accessible.name: control.text

    contentItem: Item {
        Rectangle {
            anchors.centerIn: parent
            width: control.marker.label === "" ? height : Math.max(height, letters.implicitWidth + 20)
            height: control.chosen ? 56 : 48
            radius: height / 2
            color: control.chosen ? Style.accent : Style.surface
            border.width: 3
            border.color: control.chosen ? Style.mapEdge : Style.accent

            Label {
                id: letters
                anchors.centerIn: parent
                text: control.marker.label
                font.weight: Font.DemiBold
                color: control.chosen ? Style.overAccent : Style.text
            }
            Loader {
                anchors.centerIn: parent
                active: control.marker.label === ""
                sourceComponent: Icon {
                    name: control.marker.glyph
                    size: 26
                    color: control.chosen ? Style.overAccent : Style.accent
                }
            }
        }
    }
}
