// SPDX-License-Identifier: Apache-2.0
// One to five stars. Those up to the value are full; a touch asks for another value and changes nothing by itself.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Style

Item {
    id: root
    property string title // its name for people who cannot see it
    property int value // 0 for none
    property string tag // beginning of the stars' objectNames
    signal chosen(stars: int)
    implicitWidth: row.implicitWidth - 15
    implicitHeight: Style.target
    Accessible.role: Accessible.Grouping
    Accessible.name: root.title

    Row {
        id: row
        anchors.left: parent.left
        anchors.leftMargin: -15 // the first star stands where texts begin, and its target reaches over that
        spacing: 8

        Repeater {
            model: 5

            T.AbstractButton {
                id: star
                required property int index
                readonly property int stars: index + 1
                readonly property bool full: stars <= root.value
                objectName: root.tag + stars
                implicitWidth: Style.target
                implicitHeight: Style.target
                enabled: root.enabled
                text: qsTr("%n stars", "", star.stars)
                Accessible.role: Accessible.RadioButton
                Accessible.name: star.text
                Accessible.checked: star.stars === root.value
                onClicked: root.chosen(star.stars)

                contentItem: Item {
                    Icon {
                        anchors.centerIn: parent
                        name: "star"
                        size: 46
                        weight: 1.5
                        color: star.full ? Style.accent : Style.muted
                        fill: star.full ? Style.accent : "transparent"
                    }
                }
                background: Rectangle {
                    radius: Style.buttonRadius
                    color: star.down ? Style.pressed : "transparent"
                }
            }
        }
    }
}
