// SPDX-License-Identifier: Apache-2.0
// A line over two axes with the area below it; time and place run from left to right in every language.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Style

Item {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    property var points: [] // of Qt.point(), in the units of the axes, from left to right
    property real first: 0 // where the lower axis begins, and where it ends
    property real last: 100
    property real lowest: 0 // where the upright axis begins, and where it ends
    property real highest: 100
    property var rows: [] // what stands beside the upright axis, from below
    property var columns: [] // what stands under the lower axis
    property real mean: NaN // a dashed line; none where it is not a number
    property bool ended: false // a mark at the last point: there it goes on
    property color ink: Style.accent
    property real edge: 52 // room of what stands beside the upright axis
    property real tail: 8 // room behind the lower axis
    property string empty // instead of a line
    property string tag // beginning of the parts' objectNames
    readonly property bool known: points.length > 1
    readonly property rect plot: Qt.rect(edge, 8, width - edge - tail, height - 8 - 34)

    function atX(value: real): real {
        return root.plot.x + root.plot.width * (value - root.first) / (root.last - root.first);
    }
    function atY(value: real): real {
        return root.plot.y + root.plot.height * (root.highest - value) / (root.highest - root.lowest);
    }
    function line(): var {
        return root.known ? root.points.map(one => Qt.point(root.atX(one.x), root.atY(one.y))) : [];
    }
    function area(): var {
        const line = root.line();
        return line.length === 0 ? [] : [Qt.point(line[0].x, root.atY(0))].concat(line, [Qt.point(line[line.length - 1].x, root.atY(0))]);
    }

    Repeater {
        model: root.known ? root.rows : 0

        Item {
            id: grid
            required property int index
            required property string modelData
            y: root.plot.y + root.plot.height * (1 - index / (root.rows.length - 1))
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
                text: grid.modelData
                color: Style.muted
            }
        }
    }
    Repeater {
        model: root.known ? root.columns : 0

        Label {
            required property int index
            required property string modelData
            readonly property real part: index / (root.columns.length - 1)
            y: root.height - height
            x: part === 0 ? root.plot.x : part === 1 ? root.width - 8 - width : root.plot.x + root.plot.width * part - width / 2
            text: modelData
            color: Style.muted
        }
    }
    Shape {
        objectName: root.tag + "Line"
        anchors.fill: parent
        visible: root.known
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: "transparent"
            fillColor: Qt.alpha(root.ink, 0.16)

            PathPolyline {
                path: root.area()
            }
        }
        ShapePath {
            strokeColor: root.ink
            strokeWidth: 3
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathPolyline {
                path: root.line()
            }
        }
        ShapePath {
            strokeColor: isNaN(root.mean) ? "transparent" : Style.muted
            strokeWidth: 2
            strokeStyle: ShapePath.DashLine
            dashPattern: [3, 4]
            fillColor: "transparent"
            startX: root.plot.x
            startY: root.atY(isNaN(root.mean) ? root.lowest : root.mean)

            PathLine {
                x: root.plot.x + root.plot.width
                y: root.atY(isNaN(root.mean) ? root.lowest : root.mean)
            }
        }
    }
    Rectangle {
        readonly property point end: root.known ? root.points[root.points.length - 1] : Qt.point(root.first, root.lowest)
        objectName: root.tag + "End"
        visible: root.known && root.ended
        x: root.atX(end.x) - 8
        y: root.atY(end.y) - 8
        width: 16
        height: 16
        radius: 8
        color: root.ink
        border.width: 3
        border.color: Style.surface
    }
    Label {
        objectName: root.tag + "Empty"
        visible: !root.known
        anchors.fill: parent
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        text: root.empty
        color: Style.muted
    }
}
