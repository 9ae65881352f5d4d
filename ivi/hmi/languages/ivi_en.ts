<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Buses</name>
    <message numerus="yes">
        <source>%n messages a second</source>
        <translation>
            <numerusform>%n message a second</numerusform>
            <numerusform>%n messages a second</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message numerus="yes">
        <source>%n more when parked</source>
        <translation>
            <numerusform>%n more when parked</numerusform>
            <numerusform>%n more when parked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Permissions</name>
    <message numerus="yes">
        <source>Kept apart by %n layers. By {publisher}.</source>
        <translation>
            <numerusform>Kept apart by %n layer. By {publisher}.</numerusform>
            <numerusform>Kept apart by %n layers. By {publisher}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Privacy</name>
    <message numerus="yes">
        <source>Always sent, with the car&apos;s name: %n so far.</source>
        <translation>
            <numerusform>Always sent, with the car&apos;s name: %n so far.</numerusform>
            <numerusform>Always sent, with the car&apos;s name: %n so far.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records sent.</source>
        <translation>
            <numerusform>%n record sent.</numerusform>
            <numerusform>%n records sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not agreed to. The fleet asks for it in %n campaigns.</source>
        <translation>
            <numerusform>Not agreed to. The fleet asks for it in %n campaign.</numerusform>
            <numerusform>Not agreed to. The fleet asks for it in %n campaigns.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken back. %n records that waited will never be sent.</source>
        <translation>
            <numerusform>Taken back. %n record that waited will never be sent.</numerusform>
            <numerusform>Taken back. %n records that waited will never be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The ledger is whole: every signature of its %n lines is right.</source>
        <translation>
            <numerusform>The ledger is whole: the signature of its %n line is right.</numerusform>
            <numerusform>The ledger is whole: every signature of its %n lines is right.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RatingBar</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>Messages, %n new</source>
        <translation>
            <numerusform>Messages, %n new</numerusform>
            <numerusform>Messages, %n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Updates</name>
    <message numerus="yes">
        <source>Installing takes about %n minutes.</source>
        <translation>
            <numerusform>Installing takes about %n minute.</numerusform>
            <numerusform>Installing takes about %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Uplink</name>
    <message numerus="yes">
        <source>%n records wait on board; none is lost.</source>
        <translation>
            <numerusform>%n record waits on board; it is not lost.</numerusform>
            <numerusform>%n records wait on board; none is lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Online. %n records have arrived.</source>
        <translation>
            <numerusform>Online. %n record has arrived.</numerusform>
            <numerusform>Online. %n records have arrived.</numerusform>
        </translation>
    </message>
</context>
</TS>
