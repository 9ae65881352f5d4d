// SPDX-License-Identifier: Apache-2.0
// How much of something is done. While nobody knows how much, the line is dashed and still: motion would draw the eye.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Style

T.ProgressBar {
    id: control
    required property string name
    property color color: Style.accent
    implicitWidth: 320
    implicitHeight: 16
    Accessible.role: Accessible.ProgressBar
    Accessible.name: control.name

    background: Rectangle {
        radius: height / 2
        color: Style.track
    }
    contentItem: Item {
        Rectangle {
            visible: !control.indeterminate
            x: control.mirrored ? parent.width - width : 0
            width: control.position > 0 ? Math.max(height, control.position * parent.width) : 0
            height: parent.height
            radius: height / 2
            color: control.color
        }
        Row {
            visible: control.indeterminate
            anchors.centerIn: parent
            spacing: 24

            Repeater {
                model: Math.max(0, Math.floor((control.width - 24) / 48))

                Rectangle {
                    width: 24
                    height: 6
                    radius: 3
                    color: control.color
                }
            }
        }
    }
}
