// SPDX-License-Identifier: Apache-2.0
// As CameraPicture, for a machine without a graphics card.
import QtQuick

import Models

Item {
    id: root
    objectName: "rearPicture"
    readonly property bool broad: canvas.ratio * height > width
    Component.onCompleted: RearView.attach(canvas)

    CameraCanvas {
        id: canvas
        anchors.centerIn: parent
        width: root.broad ? root.width : root.height * canvas.ratio
        height: root.broad ? root.width / canvas.ratio : root.height
        onRatioChanged: RearView.fit(canvas.ratio)

        GuideLines {
            anchors.fill: parent
        }
    }
}
