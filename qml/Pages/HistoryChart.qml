// SPDX-License-Identifier: Apache-2.0
// Consumption over the road behind, the newest at the right, with its mean.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Controls
import Models
import Style

Item {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    readonly property var values: Energy.stretches
    readonly property real road: values.length * Energy.stretch // km
    readonly property int span: road <= 2 ? 2 : road <= 5 ? 5 : road <= 10 ? 10 : road <= 25 ? 25 : 50 // km
    readonly property int most: 60 // points drawn
    readonly property int together: Math.max(1, Math.ceil(values.length / most)) // stretches of one point
    readonly property var means: averaged()
    readonly property real ceiling: niceTop()
    readonly property real ground: niceBottom()
    readonly property real edge: 52
    readonly property rect plot: Qt.rect(edge, 8, width - edge - 8, height - 8 - 34)

    function averaged(): var {
        const found = [];
        for (let last = root.values.length; last > 0; last -= root.together) {
            const part = root.values.slice(Math.max(0, last - root.together), last);
            found.unshift(part.reduce((sum, one) => sum + one, 0) / part.length);
        }
        return found;
    }
    function niceTop(): real {
        return Math.max(20, Math.ceil(Math.max(...root.means, Energy.mean) / 10) * 10);
    }
    function niceBottom(): real {
        return Math.min(0, Math.floor(Math.min(...root.means, 0) / 10) * 10);
    }
    function atY(value: real): real {
        return root.plot.y + root.plot.height * (root.ceiling - value) / (root.ceiling - root.ground);
    }
    function atX(number: int): real {
        const km = (root.means.length - 1 - number + 0.5) * root.together * Energy.stretch;
        return root.plot.x + root.plot.width * (1 - km / root.span);
    }
    function line(): var {
        return root.means.map((value, number) => Qt.point(root.atX(number), root.atY(value)));
    }
    function area(): var {
        const points = root.line();
        if (points.length < 2)
            return [];
        return [Qt.point(points[0].x, root.atY(0))].concat(points, [Qt.point(points[points.length - 1].x, root.atY(0))]);
    }

    Repeater {
        model: root.values.length > 1 ? 3 : 0

        Item {
            id: grid
            required property int index
            readonly property real value: root.ground + (root.ceiling - root.ground) * index / 2
            y: root.atY(value)
            width: root.width

            Rectangle {
                x: root.plot.x
                width: root.plot.width
                height: 1
                color: Style.line
            }
            Label {
                width: root.edge - 10
                anchors.verticalCenter: parent.top
                horizontalAlignment: Text.AlignRight
                text: Math.round(grid.value / Units.far)
                color: Style.muted
            }
        }
    }
    Shape {
        anchors.fill: parent
        visible: root.means.length > 1
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: "transparent"
            fillColor: Qt.alpha(Style.accent, 0.16)

            PathPolyline {
                path: root.area()
            }
        }
        ShapePath {
            strokeColor: Style.accent
            strokeWidth: 3
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathPolyline {
                path: root.line()
            }
        }
        ShapePath {
            strokeColor: Style.muted
            strokeWidth: 2
            strokeStyle: ShapePath.DashLine
            dashPattern: [3, 4]
            fillColor: "transparent"
            startX: root.plot.x
            startY: root.atY(Energy.mean)

            PathLine {
                x: root.plot.x + root.plot.width
                y: root.atY(Energy.mean)
            }
        }
    }
    Label {
        visible: root.values.length > 1
        x: root.plot.x
        anchors.bottom: parent.bottom
        text: qsTr("%1 %2 ago").arg(Math.round(root.span * Units.far)).arg(Units.distance)
        color: Style.muted
    }
    Label {
        visible: root.values.length > 1
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.bottom: parent.bottom
        text: qsTr("Now")
        color: Style.muted
    }
    Label {
        objectName: "historyEmpty"
        visible: root.values.length <= 1
        anchors.fill: parent
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        text: Energy.kept ? qsTr("The graph begins with the first half kilometre.") : qsTr("Consumption is not recorded at the moment.")
        color: Style.muted
    }
}
