// SPDX-License-Identifier: Apache-2.0
// Text in the car's type. Always plain: words of apps and other processes are never read as markup.
import QtQuick
import Style

Text {
    color: Style.text
    textFormat: Text.PlainText
    font.pixelSize: Style.secondary
    elide: Text.ElideRight
    horizontalAlignment: Text.AlignLeft // where lines begin: LayoutMirroring turns it round, the text's own language does not
    verticalAlignment: Text.AlignVCenter
}
