// SPDX-License-Identifier: Apache-2.0
// Every colour and size of the screen. Contrast of each text and icon colour on each ground is 4.5:1 or more (tested).
pragma Singleton
import QtQuick

QtObject {
    // Set by the shell from Models.Lighting.
    property bool night: true
    // Set by the shell from Models.Profiles.
    property real textScale: 1.0 // of the texts that are read, not of large numbers
    property bool still: false // nothing moves without need
    property bool mirrored: false // the driver sits on the right: rail and drive lie there
    // Set by the shell from Models.Language.
    property bool rtl: false // read from right to left: lines begin on the right

    // Where something of this width lies that begins so far from where lines begin, in a room of this width. Anchors and
    // rows are turned round by LayoutMirroring; an x is not.
    function from(start: real, extent: real, room: real): real {
        return rtl ? room - extent - start : start;
    }

    // Grounds
    readonly property color ground: night ? "#0b0e13" : "#e8ecf1"
    readonly property color surface: night ? "#141a22" : "#fbfcfd"
    readonly property color raised: night ? "#222c38" : "#dde4eb"
    readonly property color pressed: night ? "#2f3c4b" : "#c9d3dd"
    readonly property color line: night ? "#26303c" : "#d3dbe3"
    readonly property color track: night ? "#222c38" : "#cdd6df"

    // Text and icons
    readonly property color text: night ? "#f3f6f9" : "#10161d"
    readonly property color muted: night ? "#a3b1c0" : "#475462"
    readonly property color accent: night ? "#6cb8ff" : "#0a559f"
    readonly property color good: night ? "#4fd6a0" : "#096042"
    readonly property color warn: night ? "#ffbe55" : "#7a4700"
    readonly property color bad: night ? "#ff9a90" : "#a3231a"
    // Who is speaking: only the host draws with it, so that no app can look like the car or like another app.
    readonly property color speaker: night ? "#c9b2ff" : "#57359b"
    // The map: its ground where there are no tiles yet, names on it, and the edge around what lies on it.
    readonly property color mapGround: night ? "#0f151c" : "#eef1ee"
    readonly property color mapText: night ? "#c3ced9" : "#27313b"
    readonly property color mapEdge: night ? "#0b1016" : "#ffffff"
    // Around what a knob or a key of the steering wheel has reached; not a colour of any fill.
    readonly property color focus: night ? "#ffd166" : "#7a2f9b"
    // On a fill of accent.
    readonly property color overAccent: night ? "#06121f" : "#ffffff"

    // Sizes, pixels
    readonly property int target: 76
    readonly property int apart: 8 // between targets; less only where their centres are target and this from each other
    readonly property int primary: Math.round(32 * textScale)
    readonly property int secondary: Math.round(24 * textScale)
    readonly property int heading: 40 // a number or a name that a page is about; it is large enough for every eye
    readonly property int display: 48 // the same, where there is room
    readonly property int gap: 16
    readonly property int margin: 24
    readonly property int cardRadius: 28
    readonly property int buttonRadius: 22
    readonly property int statusHeight: 84
    readonly property int climateHeight: 104
    readonly property int railWidth: 96

    // The drive's column and the distance around cards, by the window's width. Nothing may cover the drive's column.
    function inset(window: real): int {
        return window < 1100 ? gap : margin;
    }
    function driveWidth(window: real): int {
        return window < 1000 ? 280 : window < 1100 ? 312 : window < 1300 ? 384 : window > 1500 ? 500 : 420;
    }

    // Elevation: how far something lies above the page, as its ground and its edge. Shadows would cost each frame.
    readonly property color above: raised // a band, a sheet
    readonly property color aboveEdge: pressed
    readonly property int edge: 1 // pixels of an edge that only separates
    readonly property int edgeStrong: 2 // of one that asks for an answer

    // Large numbers. The family ships with the program; where it is missing Qt takes the application's font.
    readonly property string numbers: "Inter Display"
    // What may be old; its texts keep a contrast of 4.5:1.
    readonly property real aged: night ? 0.7 : 0.84
    readonly property int quick: still ? 0 : 140 // ms, the only motion: something appears or goes

    // Over a camera's picture, the same by day and by night.
    readonly property color pictureGround: "#05070a"
    readonly property color pictureCard: "#cc0b0e13"
    readonly property color pictureTrack: "#2b3542"
    readonly property color pictureEdge: "#7305070a"
    readonly property color onPicture: "#f3f6f9"
    readonly property color onPictureMuted: "#a3b1c0"
    readonly property color pictureNear: "#ff6f61"
    readonly property color pictureMiddle: "#ffbe55"
    readonly property color pictureFar: "#f3f6f9"
}
