// SPDX-License-Identifier: Apache-2.0
// What is likely, as a part of a line that begins at nought, and one value as a stroke across it.
import QtQuick
import Style

Rectangle {
    id: root
    property bool known: false // whether there is a band
    property real low
    property real high
    property bool marked: false // whether there is a stroke
    property real mark
    property real reach: 100 // what the line's end stands for
    property color ink: Style.accent
    property string tag // beginning of the parts' objectNames
    implicitWidth: 320
    implicitHeight: 22
    radius: height / 2
    color: Style.raised

    function at(value: real): real {
        return root.width * value / root.reach;
    }

    Rectangle {
        objectName: root.tag + "Band"
        visible: root.known
        x: root.at(root.low)
        width: Math.max(root.height, root.at(root.high) - x)
        height: parent.height
        radius: root.radius
        color: root.ink
    }
    Rectangle {
        objectName: root.tag + "Mark"
        visible: root.marked
        x: root.at(root.mark) - 1.5
        y: -8
        width: 3
        height: parent.height + 16
        radius: 1.5
        color: Style.text
    }
}
