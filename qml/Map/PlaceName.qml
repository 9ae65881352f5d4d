// SPDX-License-Identifier: Apache-2.0
// A town's name. It stays upright however the map is turned.
import QtQuick
import Style

Text {
    required property int rank
    textFormat: Text.PlainText
    color: Style.mapText
    style: Text.Outline
    styleColor: Style.mapEdge
    font.pixelSize: rank < 2 ? 30 : 24
    font.weight: rank < 2 ? Font.DemiBold : Font.Normal
}
