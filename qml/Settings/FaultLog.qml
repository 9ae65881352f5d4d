// SPDX-License-Identifier: Apache-2.0
// The newest lines of a log, the newest on top.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Column {
    id: root
    spacing: 2

    Label {
        objectName: "logRemark"
        width: parent.width
        visible: text !== ""
        text: Resolution.remark
        color: Style.muted
        wrapMode: Text.WordWrap
        maximumLineCount: 3
    }
    Repeater {
        model: Resolution.lines

        LedgerRow {
            required property string level
            objectName: "logLine"
            width: root.width
            denied: level === "warning" || level === "error" || level === "critical"
        }
    }
}
