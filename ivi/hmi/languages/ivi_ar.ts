<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>names, types and units of signals</source>
        <translation>أسماء الإشارات وأنواعها ووحداتها</translation>
    </message>
</context>
<context>
    <name>AirChoice</name>
    <message>
        <source>Air to the windscreen</source>
        <translation>الهواء إلى الزجاج الأمامي</translation>
    </message>
    <message>
        <source>Air to the middle</source>
        <translation>الهواء إلى الوسط</translation>
    </message>
    <message>
        <source>Air to the feet</source>
        <translation>الهواء إلى القدمين</translation>
    </message>
</context>
<context>
    <name>AppArea</name>
    <message>
        <source>No apps are installed.</source>
        <translation>لا توجد تطبيقات مثبتة.</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>تحديد ما يُسمح به</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>إعادة التشغيل</translation>
    </message>
</context>
<context>
    <name>AppCard</name>
    <message>
        <source>This page is shown when parked.</source>
        <translation>تظهر هذه الصفحة عند ركن السيارة.</translation>
    </message>
    <message>
        <source>It shows nothing yet.</source>
        <translation>لا يعرض شيئًا بعد.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 أخرى عند الركن</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>جارٍ التحميل…</translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation>لا يستجيب، قد تكون البيانات قديمة</translation>
    </message>
    <message>
        <source>More when parked. To the first page</source>
        <translation>المزيد عند الركن. إلى الصفحة الأولى</translation>
    </message>
    <message>
        <source>%1. Why?</source>
        <translation>%1. لماذا؟</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>لماذا ليس الآن؟</translation>
    </message>
</context>
<context>
    <name>AppDetail</name>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>فتح</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>إعادة التشغيل</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>تحديد ما يُسمح به</translation>
    </message>
    <message>
        <source>Decide when parked</source>
        <translation>التحديد عند الركن</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>لماذا ليس الآن؟</translation>
    </message>
    <message>
        <source>Each switch takes effect at once.</source>
        <translation>يسري كل مفتاح فورًا.</translation>
    </message>
    <message>
        <source>What do you think of it?</source>
        <translation>ما رأيك فيه؟</translation>
    </message>
    <message>
        <source>May do</source>
        <translation>المسموح</translation>
    </message>
    <message>
        <source>Did</source>
        <translation>ما تم</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>التقييم</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 أخرى عند الركن</translation>
    </message>
    <message>
        <source>Do not remove it</source>
        <translation>عدم الإزالة</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>What you allowed is forgotten either way. What it has kept can stay for when you install it again.</source>
        <translation>ما سمحت به يُنسى في الحالتين. ويمكن أن تبقى بياناته إلى أن تثبّته من جديد.</translation>
    </message>
    <message>
        <source>Remove it, keep its data</source>
        <translation>إزالة مع الاحتفاظ بالبيانات</translation>
    </message>
    <message>
        <source>Remove it and its data</source>
        <translation>إزالة مع البيانات</translation>
    </message>
</context>
<context>
    <name>AppLedger</name>
    <message>
        <source>The record is intact.</source>
        <translation>السجل سليم.</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>لا شيء بعد.</translation>
    </message>
</context>
<context>
    <name>AppRating</name>
    <message>
        <source>Your rating is being looked up.</source>
        <translation>يجري البحث عن تقييمك.</translation>
    </message>
    <message>
        <source>Your rating counts in the store, without this car&apos;s name.</source>
        <translation>يُحتسب تقييمك في المتجر، من دون اسم هذه السيارة.</translation>
    </message>
    <message>
        <source>Your rating stays in this car. It counts in the store if you agree to that.</source>
        <translation>يبقى تقييمك في هذه السيارة. يُحتسب في المتجر إذا وافقت على ذلك.</translation>
    </message>
    <message>
        <source>There is not enough room. Your rating is as it was before.</source>
        <translation>لا توجد مساحة كافية. بقي تقييمك كما كان.</translation>
    </message>
    <message>
        <source>Your rating could not be kept. It is as it was before.</source>
        <translation>تعذّر حفظ تقييمك. بقي كما كان.</translation>
    </message>
</context>
<context>
    <name>AppRatingView</name>
    <message>
        <source>Your rating</source>
        <translation>تقييمك</translation>
    </message>
    <message>
        <source>Open Privacy</source>
        <translation>فتح الخصوصية</translation>
    </message>
    <message>
        <source>Agree to it in Privacy</source>
        <translation>الموافقة في الخصوصية</translation>
    </message>
    <message>
        <source>Take the rating back</source>
        <translation>سحب التقييم</translation>
    </message>
</context>
<context>
    <name>AppScreen</name>
    <message>
        <source>Back to the apps</source>
        <translation>العودة إلى التطبيقات</translation>
    </message>
</context>
<context>
    <name>AppsPage</name>
    <message>
        <source>No apps are installed. The store has some.</source>
        <translation>لا توجد تطبيقات مثبتة. تجدها في المتجر.</translation>
    </message>
    <message>
        <source>Open the store</source>
        <translation>فتح المتجر</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>قيد التشغيل</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>المتجر</translation>
    </message>
    <message>
        <source>Find more apps</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>What it did</source>
        <translation>ما قام به</translation>
    </message>
</context>
<context>
    <name>ArrangeSheet</name>
    <message>
        <source>Range and energy</source>
        <translation>المدى والطاقة</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>التطبيقات</translation>
    </message>
    <message>
        <source>Next manoeuvre</source>
        <translation>المناورة التالية</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>الشحن</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>الوسائط</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>المقصورة</translation>
    </message>
    <message>
        <source>Cards of this page</source>
        <translation>بطاقات هذه الصفحة</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Has nothing to say now and steps back</source>
        <translation>ليس لديها ما تقوله الآن وتتراجع</translation>
    </message>
    <message>
        <source>%1: earlier</source>
        <translation>%1: إلى الأمام</translation>
    </message>
    <message>
        <source>%1: later</source>
        <translation>%1: إلى الخلف</translation>
    </message>
</context>
<context>
    <name>Body</name>
    <message>
        <source>The car says that it has broken down.</source>
        <translation>تفيد السيارة بأنها تعطلت.</translation>
    </message>
    <message>
        <source>The anti-lock brakes report a fault.</source>
        <translation>يوجد عطل في نظام منع انغلاق المكابح.</translation>
    </message>
    <message>
        <source>The stability control reports a fault.</source>
        <translation>يوجد عطل في نظام التحكم بالثبات.</translation>
    </message>
    <message>
        <source>The emergency brake assistant reports a fault.</source>
        <translation>يوجد عطل في مساعد الكبح الطارئ.</translation>
    </message>
    <message>
        <source>The cruise control reports a fault.</source>
        <translation>يوجد عطل في مثبت السرعة.</translation>
    </message>
    <message>
        <source>The car does not say how it is.</source>
        <translation>لا تفيد السيارة عن حالتها.</translation>
    </message>
    <message>
        <source>The car reports no fault.</source>
        <translation>لا تفيد السيارة عن أي عطل.</translation>
    </message>
    <message>
        <source>The car has stored one trouble code.</source>
        <translation>خزّنت السيارة رمز عطل واحدًا.</translation>
    </message>
    <message>
        <source>The car has stored {count} trouble codes.</source>
        <translation>عدد رموز الأعطال المخزنة في السيارة: {count}.</translation>
    </message>
</context>
<context>
    <name>Buses</name>
    <message>
        <source>Well</source>
        <translation>سليم</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>يتعذر الوصول إليه</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>صامت</translation>
    </message>
    <message>
        <source>Flooded</source>
        <translation>مثقل بالرسائل</translation>
    </message>
    <message>
        <source>Off after too many errors</source>
        <translation>متوقف لكثرة الأخطاء</translation>
    </message>
    <message>
        <source>Many errors</source>
        <translation>أخطاء كثيرة</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>أخطاء</translation>
    </message>
    <message numerus="yes">
        <source>%n messages a second</source>
        <translation>
            <numerusform>%n رسالة في الثانية</numerusform>
            <numerusform>رسالة واحدة (%n) في الثانية</numerusform>
            <numerusform>رسالتان (%n) في الثانية</numerusform>
            <numerusform>%n رسائل في الثانية</numerusform>
            <numerusform>%n رسالة في الثانية</numerusform>
            <numerusform>%n رسالة في الثانية</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CabinCard</name>
    <message>
        <source>Cabin</source>
        <translation>المقصورة</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>الخارج</translation>
    </message>
</context>
<context>
    <name>CallBand</name>
    <message>
        <source>Answer</source>
        <translation>رد</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>رفض</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>إنهاء المكالمة</translation>
    </message>
</context>
<context>
    <name>ChargeCard</name>
    <message>
        <source>Battery</source>
        <translation>البطارية</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>قيد الشحن</translation>
    </message>
    <message>
        <source>Plugged in</source>
        <translation>موصولة</translation>
    </message>
    <message>
        <source>Not plugged in</source>
        <translation>غير موصولة</translation>
    </message>
    <message>
        <source>Time left: %1</source>
        <translation>الوقت المتبقي: %1</translation>
    </message>
    <message>
        <source>%1 h to %2 %</source>
        <translation>%1 h حتى %2 %</translation>
    </message>
    <message>
        <source>%1 min to %2 %</source>
        <translation>%1 min حتى %2 %</translation>
    </message>
    <message>
        <source>%1 kWh left</source>
        <translation>بقي %1 kWh</translation>
    </message>
    <message>
        <source>Charge limit</source>
        <translation>حد الشحن</translation>
    </message>
    <message>
        <source>Charge to %1 %</source>
        <translation>الشحن حتى %1 %</translation>
    </message>
    <message>
        <source>Charge limit: %1</source>
        <translation>حد الشحن: %1</translation>
    </message>
    <message>
        <source>%1 kW</source>
        <translation>%1 kW</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>السلامة</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>البطارية</translation>
    </message>
    <message>
        <source>Can take</source>
        <translation>القدرة القصوى</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
    <message>
        <source>Plug in to charge</source>
        <translation>صِل الكابل للشحن</translation>
    </message>
    <message>
        <source>The plug is not known</source>
        <translation>حالة التوصيل غير معروفة</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>جارٍ البدء…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>جارٍ الإيقاف…</translation>
    </message>
    <message>
        <source>Stop charging</source>
        <translation>إيقاف الشحن</translation>
    </message>
    <message>
        <source>Start charging</source>
        <translation>بدء الشحن</translation>
    </message>
</context>
<context>
    <name>ChargeFacts</name>
    <message>
        <source>Power</source>
        <translation>القدرة</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>الوقت المتبقي</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>الطاقة</translation>
    </message>
    <message>
        <source>Cost so far</source>
        <translation>التكلفة حتى الآن</translation>
    </message>
</context>
<context>
    <name>ChargePage</name>
    <message>
        <source>Plug in the cable</source>
        <translation>صِل الكابل</translation>
    </message>
    <message>
        <source>Authorising</source>
        <translation>جارٍ التفويض</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>قيد الشحن</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>متوقف مؤقتًا</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>اكتمل</translation>
    </message>
    <message>
        <source>Station fault</source>
        <translation>عطل في المحطة</translation>
    </message>
</context>
<context>
    <name>ChargeRing</name>
    <message>
        <source>to %1 %</source>
        <translation>حتى %1 %</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Consumption</source>
        <translation>الاستهلاك</translation>
    </message>
    <message>
        <source>Charge curve</source>
        <translation>منحنى الشحن</translation>
    </message>
    <message>
        <source>Where it went</source>
        <translation>توزيع الاستهلاك</translation>
    </message>
    <message>
        <source>⌀ %1 %2</source>
        <translation>⌀ %1 %2</translation>
    </message>
    <message>
        <source>kW, now</source>
        <translation>kW، الآن</translation>
    </message>
    <message>
        <source>kW, %1</source>
        <translation>kW، %1</translation>
    </message>
    <message>
        <source>Last %1 %2</source>
        <translation>آخر %1 %2</translation>
    </message>
</context>
<context>
    <name>ClimateBar</name>
    <message>
        <source>Driver temperature</source>
        <translation>حرارة جهة السائق</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>السائق</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>المروحة</translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation>تكييف الهواء</translation>
    </message>
    <message>
        <source>Defrost the windscreen</source>
        <translation>إزالة ضباب الزجاج الأمامي</translation>
    </message>
    <message>
        <source>Recirculate the air</source>
        <translation>تدوير هواء المقصورة</translation>
    </message>
    <message>
        <source>Passenger temperature</source>
        <translation>حرارة جهة الراكب</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>الراكب</translation>
    </message>
</context>
<context>
    <name>ClimatePage</name>
    <message>
        <source>Driver</source>
        <translation>السائق</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>الراكب</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>مزامنة</translation>
    </message>
    <message>
        <source>Both sides alike</source>
        <translation>الجهتان متماثلتان</translation>
    </message>
    <message>
        <source>Take driver&apos;s</source>
        <translation>كجهة السائق</translation>
    </message>
    <message>
        <source>A/C</source>
        <translation>A/C</translation>
    </message>
    <message>
        <source>Recirculate</source>
        <translation>تدوير الهواء</translation>
    </message>
    <message>
        <source>Defrost</source>
        <translation>إزالة الضباب</translation>
    </message>
    <message>
        <source>Rear</source>
        <translation>الخلفي</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>الأمامي</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>المرايا</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>المقود</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>المروحة</translation>
    </message>
    <message>
        <source>On</source>
        <translation>تشغيل</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>إيقاف</translation>
    </message>
</context>
<context>
    <name>ConsentSheet</name>
    <message>
        <source>You can take it back at any time. What waits on board is then never sent, and the fleet is asked to delete what it has.</source>
        <translation>يمكنك سحب موافقتك في أي وقت. عندئذ لا يُرسل أبدًا ما ينتظر في السيارة، ويُطلب من الأسطول حذف ما لديه.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>أوافق</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>The curve is measured while the car charges. It has not charged here yet.</source>
        <translation>يُقاس المنحنى أثناء شحن السيارة. لم تُشحن هنا بعد.</translation>
    </message>
</context>
<context>
    <name>DepartureBar</name>
    <message>
        <source>Departures. %1</source>
        <translation>مواعيد الانطلاق. %1</translation>
    </message>
    <message>
        <source>Climate</source>
        <translation>المناخ</translation>
    </message>
    <message>
        <source>Departures</source>
        <translation>مواعيد الانطلاق</translation>
    </message>
</context>
<context>
    <name>DepartureEditor</name>
    <message>
        <source>Mo</source>
        <translation>ن</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>ث</translation>
    </message>
    <message>
        <source>We</source>
        <translation>ر</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>خ</translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>ج</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>س</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>ح</translation>
    </message>
    <message>
        <source>%1: less</source>
        <translation>%1: أقل</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1: أكثر</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>الوقت</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>درجة الحرارة</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>حفظ</translation>
    </message>
</context>
<context>
    <name>DeparturePanel</name>
    <message>
        <source>Say when you want to leave, and the cabin is warm or cool by then. It is done while the car is parked and has at least 20 % charge, or 10 % at a plug.</source>
        <translation>حدد موعد انطلاقك لتكون المقصورة دافئة أو باردة بحلوله. يتم ذلك والسيارة مركونة، والشحن لا يقل عن 20 %، أو 10 % إذا كانت موصولة بالشاحن.</translation>
    </message>
    <message>
        <source>New departure</source>
        <translation>موعد انطلاق جديد</translation>
    </message>
    <message>
        <source>When is it done?</source>
        <translation>متى يتم ذلك؟</translation>
    </message>
    <message>
        <source>Departures can be set when parked</source>
        <translation>تُضبط مواعيد الانطلاق عند الركن</translation>
    </message>
</context>
<context>
    <name>DepartureRow</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1، %2، %3</translation>
    </message>
    <message>
        <source>Use the departure at %1</source>
        <translation>استخدام موعد الانطلاق %1</translation>
    </message>
</context>
<context>
    <name>Departures</name>
    <message>
        <source>Mon</source>
        <translation>الاثنين</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>الثلاثاء</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>الأربعاء</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>الخميس</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>الجمعة</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>السبت</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>الأحد</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>كل يوم</translation>
    </message>
    <message>
        <source>Monday to Friday</source>
        <translation>من الاثنين إلى الجمعة</translation>
    </message>
    <message>
        <source>At the weekend</source>
        <translation>السبت والأحد</translation>
    </message>
    <message>
        <source>Departures are not kept at the moment.</source>
        <translation>لا تُحفظ مواعيد الانطلاق حاليًا.</translation>
    </message>
    <message>
        <source>No departure is planned.</source>
        <translation>لا يوجد موعد انطلاق.</translation>
    </message>
    <message>
        <source>The cabin will be ready at {time}.</source>
        <translation>ستكون المقصورة جاهزة في {time}.</translation>
    </message>
    <message>
        <source>The cabin is being made ready for {time}.</source>
        <translation>يجري تجهيز المقصورة لموعد {time}.</translation>
    </message>
    <message>
        <source>The cabin will not be ready at {time}.</source>
        <translation>لن تكون المقصورة جاهزة في {time}.</translation>
    </message>
</context>
<context>
    <name>DisplaySection</name>
    <message>
        <source>Display</source>
        <translation>العرض</translation>
    </message>
    <message>
        <source>Day and night</source>
        <translation>النهار والليل</translation>
    </message>
    <message>
        <source>Automatic follows the light outside.</source>
        <translation>يتبع الوضع التلقائي الإضاءة في الخارج.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>تلقائي</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>نهار</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>ليل</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>عادي</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>كبير</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>أكبر</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>تقليل الحركة</translation>
    </message>
    <message>
        <source>Nothing slides or fades.</source>
        <translation>دون انزلاق أو تلاشٍ.</translation>
    </message>
    <message>
        <source>Steering wheel on the right</source>
        <translation>المقود على اليمين</translation>
    </message>
    <message>
        <source>The drive and the navigation lie on the driver&apos;s side. It holds for every driver.</source>
        <translation>يظهر عرض القيادة والملاحة في جهة السائق. يسري ذلك على كل السائقين.</translation>
    </message>
    <message>
        <source>Text size, motion and the driver&apos;s side are set up when parked.</source>
        <translation>يُضبط حجم النص والحركة وجهة السائق عند الركن.</translation>
    </message>
</context>
<context>
    <name>DriverSection</name>
    <message>
        <source>Driver</source>
        <translation>السائق</translation>
    </message>
    <message>
        <source>Look, language, units and text size follow the driver.</source>
        <translation>المظهر واللغة والوحدات وحجم النص تتبع السائق.</translation>
    </message>
    <message>
        <source>%1 drives. Another driver is chosen when parked.</source>
        <translation>السائق الآن %1. يُختار سائق آخر عند الركن.</translation>
    </message>
    <message>
        <source>A guest drives. A driver is chosen when parked.</source>
        <translation>السائق الآن ضيف. يُختار السائق عند الركن.</translation>
    </message>
    <message>
        <source>Remove %1 and all choices?</source>
        <translation>هل تريد إزالة %1 وكل الاختيارات؟</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>ضيف</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>لا يُحفظ شيء</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>إبقاء %1</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>إعادة تسمية %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>إزالة %1</translation>
    </message>
    <message>
        <source>Add a driver</source>
        <translation>إضافة سائق</translation>
    </message>
    <message>
        <source>There is no place for another driver. Remove one first.</source>
        <translation>لا مكان لسائق آخر. أزِل سائقًا أولًا.</translation>
    </message>
    <message>
        <source>The disk takes nothing now: choices last until the car&apos;s computer starts again.</source>
        <translation>يتعذر الحفظ على القرص الآن. تبقى الاختيارات حتى إعادة تشغيل حاسوب السيارة.</translation>
    </message>
</context>
<context>
    <name>DrivingChip</name>
    <message>
        <source>Lists and texts are short while driving.</source>
        <translation>القوائم والنصوص مختصرة أثناء القيادة.</translation>
    </message>
    <message>
        <source>Everything is shown.</source>
        <translation>كل شيء معروض.</translation>
    </message>
</context>
<context>
    <name>Elapsed</name>
    <message>
        <source>Live</source>
        <translation>مباشر</translation>
    </message>
</context>
<context>
    <name>EnergyCard</name>
    <message>
        <source>Range</source>
        <translation>المدى</translation>
    </message>
    <message>
        <source>The car sends nothing.</source>
        <translation>لا ترسل السيارة أي بيانات.</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>الخارج</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>الداخل</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2، %3</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>%1 ago</source>
        <translation>قبل %1</translation>
    </message>
</context>
<context>
    <name>FaultDetail</name>
    <message>
        <source>%1 when parked</source>
        <translation>%1 عند الركن</translation>
    </message>
    <message>
        <source>Under way…</source>
        <translation>قيد التنفيذ…</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>لماذا ليس الآن؟</translation>
    </message>
    <message>
        <source>How the car knows</source>
        <translation>كيف تعرف السيارة</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>القاعدة</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>منذ</translation>
    </message>
    <message>
        <source>Close the log</source>
        <translation>إغلاق السجل</translation>
    </message>
    <message>
        <source>Read the log of %1</source>
        <translation>قراءة سجل %1</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Gallery</source>
        <translation>المعرض</translation>
    </message>
</context>
<context>
    <name>GearStrip</name>
    <message>
        <source>Gear %1</source>
        <translation>الغيار %1</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation>لا يوجد شيء هنا.</translation>
    </message>
</context>
<context>
    <name>HeatTile</name>
    <message>
        <source>Cooling</source>
        <translation>تبريد</translation>
    </message>
    <message>
        <source>Level %1</source>
        <translation>المستوى %1</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>إيقاف</translation>
    </message>
</context>
<context>
    <name>HistoryChart</name>
    <message>
        <source>%1 %2 ago</source>
        <translation>قبل %1 %2</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>The graph begins with the first half kilometre.</source>
        <translation>يبدأ الرسم البياني بعد أول نصف كيلومتر.</translation>
    </message>
    <message>
        <source>Consumption is not recorded at the moment.</source>
        <translation>لا يُسجَّل الاستهلاك حاليًا.</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Arrange the cards</source>
        <translation>ترتيب البطاقات</translation>
    </message>
</context>
<context>
    <name>HomeSlot</name>
    <message>
        <source>Nothing plays now.</source>
        <translation>لا شيء يُشغَّل الآن.</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Erase</source>
        <translation>مسح</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>space</source>
        <translation>مسافة</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
</context>
<context>
    <name>LanguageSection</name>
    <message>
        <source>Language and units</source>
        <translation>اللغة والوحدات</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Distance and speed</source>
        <translation>المسافة والسرعة</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>درجة الحرارة</translation>
    </message>
    <message>
        <source>Tyre pressure</source>
        <translation>ضغط الإطارات</translation>
    </message>
</context>
<context>
    <name>LicencesSheet</name>
    <message>
        <source>ivi %1</source>
        <translation>ivi %1</translation>
    </message>
    <message>
        <source>Copyright 2026 the ivi authors. Licensed under the Apache License, Version 2.0.</source>
        <translation>Copyright 2026 the ivi authors. مرخص بموجب Apache License, Version 2.0.</translation>
    </message>
    <message>
        <source>The full texts are in the folder docs/licenses, and with each package on the car&apos;s computer.</source>
        <translation>النصوص الكاملة في المجلد docs/licenses ومع كل حزمة على حاسوب السيارة.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation>لا يوجد شيء هنا.</translation>
    </message>
</context>
<context>
    <name>ListRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1، %2</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Cabin</source>
        <translation>الداخل</translation>
    </message>
    <message>
        <source>What apps may do</source>
        <translation>ما يُسمح به للتطبيقات</translation>
    </message>
    <message>
        <source>What is off, and what to do</source>
        <translation>الأعطال وحلولها</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Where the car is, is not known yet.</source>
        <translation>موقع السيارة غير معروف بعد.</translation>
    </message>
    <message>
        <source>Maps need Qt&apos;s add-ons: install PySide6-Addons.</source>
        <translation>تحتاج الخرائط إلى إضافات Qt: ثبّت PySide6-Addons.</translation>
    </message>
    <message>
        <source>The map on board cannot be read. Make it again: %1</source>
        <translation>تتعذر قراءة الخريطة في السيارة. أنشئها من جديد: %1</translation>
    </message>
    <message>
        <source>No map is on board. This brings one: %1</source>
        <translation>لا توجد خريطة في السيارة. لإضافتها: %1</translation>
    </message>
    <message>
        <source>The car is outside the map on board.</source>
        <translation>السيارة خارج نطاق الخريطة.</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>تقريب</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>تبعيد</translation>
    </message>
    <message>
        <source>North up</source>
        <translation>الشمال إلى الأعلى</translation>
    </message>
    <message>
        <source>Direction of travel up</source>
        <translation>اتجاه السير إلى الأعلى</translation>
    </message>
    <message>
        <source>Back to the car</source>
        <translation>العودة إلى السيارة</translation>
    </message>
</context>
<context>
    <name>MediaPage</name>
    <message>
        <source>Nothing to play yet</source>
        <translation>لا شيء للتشغيل بعد</translation>
    </message>
    <message>
        <source>An app that brings music, radio or books plays here.</source>
        <translation>هنا يعمل أي تطبيق للموسيقى أو الراديو أو الكتب.</translation>
    </message>
    <message>
        <source>Look at the apps</source>
        <translation>عرض التطبيقات</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>إعادة التشغيل</translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>Nothing was said</source>
        <translation>لا توجد رسائل</translation>
    </message>
    <message>
        <source>What the car and its apps tell you is kept here until you clear it.</source>
        <translation>يُحفظ هنا ما تخبرك به السيارة وتطبيقاتها حتى تمسحه.</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>مسح الكل</translation>
    </message>
    <message>
        <source>The car</source>
        <translation>السيارة</translation>
    </message>
    <message>
        <source>%1 · %2 times</source>
        <translation>%1 · عدد المرات %2</translation>
    </message>
    <message numerus="yes">
        <source>%n more when parked</source>
        <translation>
            <numerusform>%n رسالة أخرى عند الركن</numerusform>
            <numerusform>رسالة أخرى (%n) عند الركن</numerusform>
            <numerusform>رسالتان أخريان (%n) عند الركن</numerusform>
            <numerusform>%n رسائل أخرى عند الركن</numerusform>
            <numerusform>%n رسالة أخرى عند الركن</numerusform>
            <numerusform>%n رسالة أخرى عند الركن</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NameKeyboard</name>
    <message>
        <source>Name of the driver</source>
        <translation>اسم السائق</translation>
    </message>
    <message>
        <source>space</source>
        <translation>مسافة</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>مسح</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>إعادة تسمية</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>NavigationPage</name>
    <message>
        <source>The route is being made.</source>
        <translation>يجري إعداد المسار.</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>ثم</translation>
    </message>
    <message>
        <source>Charge at %1</source>
        <translation>الشحن في %1</translation>
    </message>
    <message>
        <source>Charge at %1: %2</source>
        <translation>الشحن في %1: %2</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>إعادة التشغيل</translation>
    </message>
    <message>
        <source>No app on board guides to a place.</source>
        <translation>لا يوجد تطبيق يرشد إلى وجهة.</translation>
    </message>
    <message>
        <source>Look at the apps</source>
        <translation>عرض التطبيقات</translation>
    </message>
</context>
<context>
    <name>NoticeBand</name>
    <message>
        <source>Why?</source>
        <translation>لماذا؟</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>حسنًا</translation>
    </message>
</context>
<context>
    <name>NowPlaying</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation>لا يستجيب، قد تكون البيانات قديمة</translation>
    </message>
</context>
<context>
    <name>ObstacleView</name>
    <message>
        <source>Nothing near is known of</source>
        <translation>لم يُرصد شيء قريب</translation>
    </message>
    <message>
        <source>Nearest behind: %1</source>
        <translation>الأقرب في الخلف: %1</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>الصفحة الأولى</translation>
    </message>
</context>
<context>
    <name>PageHost</name>
    <message>
        <source>This page cannot be shown. Everything else goes on working.</source>
        <translation>يتعذر عرض هذه الصفحة. كل ما عداها يستمر في العمل.</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>الرئيسية</translation>
    </message>
</context>
<context>
    <name>PanePage</name>
    <message>
        <source>There is nothing to say about this.</source>
        <translation>لا توجد معلومات عن ذلك.</translation>
    </message>
</context>
<context>
    <name>PermissionWords</name>
    <message>
        <source>Read {what}</source>
        <translation>قراءة: {what}</translation>
    </message>
    <message>
        <source>Read {what}, up to {number} times a second</source>
        <translation>القراءة حتى {number} مرة في الثانية: {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked</source>
        <translation>التغيير أثناء الوقوف: {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked, after asking you once</source>
        <translation>التغيير أثناء الوقوف بعد سؤالك مرة واحدة: {what}</translation>
    </message>
    <message>
        <source>Change {what} while parked, asking you each time</source>
        <translation>التغيير أثناء الوقوف مع سؤالك كل مرة: {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving</source>
        <translation>التغيير حتى أثناء القيادة: {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving, after asking you once</source>
        <translation>التغيير حتى أثناء القيادة بعد سؤالك مرة واحدة: {what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving, asking you each time</source>
        <translation>التغيير حتى أثناء القيادة مع سؤالك كل مرة: {what}</translation>
    </message>
    <message>
        <source>Know roughly where the car is</source>
        <translation>معرفة موقع السيارة التقريبي</translation>
    </message>
    <message>
        <source>Know exactly where the car is</source>
        <translation>معرفة موقع السيارة بدقة</translation>
    </message>
    <message>
        <source>Send and receive up to {number} MB a day with {hosts}</source>
        <translation>تبادل ما يصل إلى {number} م.ب يوميًا مع {hosts}</translation>
    </message>
    <message>
        <source>Show its pages on the screen</source>
        <translation>عرض صفحاته على الشاشة</translation>
    </message>
    <message>
        <source>Be spoken to</source>
        <translation>تلقي أوامرك الصوتية</translation>
    </message>
    <message>
        <source>Be heard ({kinds})</source>
        <translation>إصدار الصوت ({kinds})</translation>
    </message>
    <message>
        <source>Ask you to pay up to {amount} {currency}, confirmed by you each time</source>
        <translation>طلب دفع ما يصل إلى {amount} {currency}، بتأكيدك كل مرة</translation>
    </message>
    <message>
        <source>Keep up to {number} MB in the car</source>
        <translation>حفظ ما يصل إلى {number} م.ب في السيارة</translation>
    </message>
    <message>
        <source>Show up to {number} notifications an hour</source>
        <translation>عرض ما يصل إلى {number} إشعارات في الساعة</translation>
    </message>
    <message>
        <source>Run on while you do not see it</source>
        <translation>الاستمرار في العمل عندما لا تراه</translation>
    </message>
    <message>
        <source>Pass the car&apos;s data on to {recipient} for {purpose} (kept: {number} days)</source>
        <translation>نقل بيانات السيارة إلى {recipient} لغرض: {purpose} (تُحفظ {number} يومًا)</translation>
    </message>
    <message>
        <source>Pass the car&apos;s data on to {recipient} for {purpose} (kept: not at all)</source>
        <translation>نقل بيانات السيارة إلى {recipient} لغرض: {purpose} (لا تُحفظ)</translation>
    </message>
    <message>
        <source>What may {app} do?</source>
        <translation>ما الذي يُسمح لـ {app} بفعله؟</translation>
    </message>
    <message>
        <source>{app} wants to do more than before</source>
        <translation>{app} يريد صلاحيات أكثر من قبل</translation>
    </message>
    <message>
        <source>It cannot run without the lines that have no switch.</source>
        <translation>لا يمكنه العمل دون البنود التي ليس لها مفتاح.</translation>
    </message>
    <message>
        <source>Switch on what you want to allow besides.</source>
        <translation>شغّل ما تريد السماح به إضافة إلى ذلك.</translation>
    </message>
    <message>
        <source>Switch on what you want to allow.</source>
        <translation>شغّل ما تريد السماح به.</translation>
    </message>
    <message>
        <source>You can take all of it back at any time.</source>
        <translation>يمكنك سحب كل ذلك في أي وقت.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>لاحقًا</translation>
    </message>
    <message>
        <source>Do not allow</source>
        <translation>عدم السماح</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>سماح</translation>
    </message>
    <message>
        <source>{app} wants to switch {thing} on</source>
        <translation>{app} يريد تشغيل: {thing}</translation>
    </message>
    <message>
        <source>{app} wants to switch {thing} off</source>
        <translation>{app} يريد إيقاف: {thing}</translation>
    </message>
    <message>
        <source>{app} wants to open {thing}</source>
        <translation>{app} يريد فتح: {thing}</translation>
    </message>
    <message>
        <source>{app} wants to close {thing}</source>
        <translation>{app} يريد إغلاق: {thing}</translation>
    </message>
    <message>
        <source>{app} wants to set {thing} to {value}</source>
        <translation>{app} يريد الضبط على {value}: {thing}</translation>
    </message>
    <message>
        <source>It happens only if you agree.</source>
        <translation>لا يحدث ذلك إلا بموافقتك.</translation>
    </message>
    <message>
        <source>If you agree, it will not ask again until the car is switched off.</source>
        <translation>إذا وافقت فلن يسأل مجددًا حتى إيقاف السيارة.</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>نعم، نفّذ</translation>
    </message>
    <message>
        <source>Pay {amount}?</source>
        <translation>هل تدفع {amount}؟</translation>
    </message>
    <message>
        <source>{app} says it is for: {purpose}</source>
        <translation>يقول {app} إنه مقابل: {purpose}</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>المبلغ</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>طريقة الدفع</translation>
    </message>
    <message>
        <source>Pay {amount}</source>
        <translation>ادفع {amount}</translation>
    </message>
    <message>
        <source>Do not</source>
        <translation>لا تدفع</translation>
    </message>
    <message>
        <source>shows you its pages</source>
        <translation>يعرض لك صفحاته</translation>
    </message>
    <message>
        <source>remembers your settings</source>
        <translation>يتذكر إعداداتك</translation>
    </message>
    <message>
        <source>how fast the car drives</source>
        <translation>سرعة السيارة</translation>
    </message>
    <message>
        <source>whether the car moves</source>
        <translation>هل السيارة تتحرك</translation>
    </message>
    <message>
        <source>how far the car has driven</source>
        <translation>المسافة التي قطعتها السيارة</translation>
    </message>
    <message>
        <source>how far this trip has been</source>
        <translation>مسافة هذه الرحلة</translation>
    </message>
    <message>
        <source>how hard the car speeds up, brakes and turns</source>
        <translation>شدة التسارع والفرملة والانعطاف</translation>
    </message>
    <message>
        <source>how far the car can still go</source>
        <translation>المدى المتبقي</translation>
    </message>
    <message>
        <source>how full the battery is</source>
        <translation>مستوى شحن البطارية</translation>
    </message>
    <message>
        <source>the charging flap</source>
        <translation>غطاء منفذ الشحن</translation>
    </message>
    <message>
        <source>the charging port</source>
        <translation>منفذ الشحن</translation>
    </message>
    <message>
        <source>up to where the battery is charged</source>
        <translation>الحد الذي تُشحن إليه البطارية</translation>
    </message>
    <message>
        <source>how the car is charging</source>
        <translation>كيفية شحن السيارة</translation>
    </message>
    <message>
        <source>how the battery is</source>
        <translation>حالة البطارية</translation>
    </message>
    <message>
        <source>which gear is chosen</source>
        <translation>الترس المختار</translation>
    </message>
    <message>
        <source>how much fuel is left</source>
        <translation>كمية الوقود المتبقية</translation>
    </message>
    <message>
        <source>how warm it is outside</source>
        <translation>درجة الحرارة في الخارج</translation>
    </message>
    <message>
        <source>the weather around the car</source>
        <translation>الطقس حول السيارة</translation>
    </message>
    <message>
        <source>whether it rains</source>
        <translation>هل تمطر</translation>
    </message>
    <message>
        <source>the boot</source>
        <translation>صندوق السيارة</translation>
    </message>
    <message>
        <source>which lights are on</source>
        <translation>الأضواء المشغّلة</translation>
    </message>
    <message>
        <source>the windscreen and its wipers</source>
        <translation>الزجاج الأمامي وماسحاته</translation>
    </message>
    <message>
        <source>how warm the cabin is</source>
        <translation>درجة حرارة المقصورة</translation>
    </message>
    <message>
        <source>the temperature that is set for each seat</source>
        <translation>درجة الحرارة المضبوطة لكل مقعد</translation>
    </message>
    <message>
        <source>how strong the fan blows</source>
        <translation>قوة المروحة</translation>
    </message>
    <message>
        <source>the air conditioning</source>
        <translation>مكيف الهواء</translation>
    </message>
    <message>
        <source>heating and cooling</source>
        <translation>التدفئة والتبريد</translation>
    </message>
    <message>
        <source>which seats are taken</source>
        <translation>المقاعد المشغولة</translation>
    </message>
    <message>
        <source>who is belted</source>
        <translation>من ربط حزام الأمان</translation>
    </message>
    <message>
        <source>the heating of the seats</source>
        <translation>تدفئة المقاعد</translation>
    </message>
    <message>
        <source>the massage of the seats</source>
        <translation>تدليك المقاعد</translation>
    </message>
    <message>
        <source>the seats</source>
        <translation>المقاعد</translation>
    </message>
    <message>
        <source>doors and windows</source>
        <translation>الأبواب والنوافذ</translation>
    </message>
    <message>
        <source>the lights in the cabin</source>
        <translation>أضواء المقصورة</translation>
    </message>
    <message>
        <source>the sunroof</source>
        <translation>فتحة السقف</translation>
    </message>
    <message>
        <source>the shade of the rear window</source>
        <translation>ستارة النافذة الخلفية</translation>
    </message>
    <message>
        <source>what is played</source>
        <translation>ما يجري تشغيله</translation>
    </message>
    <message>
        <source>the destination</source>
        <translation>الوجهة</translation>
    </message>
    <message>
        <source>the navigation</source>
        <translation>الملاحة</translation>
    </message>
    <message>
        <source>settings of the screen</source>
        <translation>إعدادات الشاشة</translation>
    </message>
    <message>
        <source>the pressure of the tyres</source>
        <translation>ضغط الإطارات</translation>
    </message>
    <message>
        <source>whether the parking brake is on</source>
        <translation>هل فرامل الوقوف مشدودة</translation>
    </message>
    <message>
        <source>how fast your heart beats</source>
        <translation>سرعة نبضات قلبك</translation>
    </message>
    <message>
        <source>how attentive and tired you are</source>
        <translation>مدى انتباهك وتعبك</translation>
    </message>
    <message>
        <source>who sits where</source>
        <translation>من يجلس وأين</translation>
    </message>
    <message>
        <source>the car&apos;s identification number</source>
        <translation>رقم تعريف السيارة</translation>
    </message>
    <message>
        <source>the car&apos;s number plate</source>
        <translation>لوحة السيارة</translation>
    </message>
    <message>
        <source>make, model and papers of the car</source>
        <translation>طراز السيارة وماركتها وأوراقها</translation>
    </message>
    <message>
        <source>when the next service is due</source>
        <translation>موعد الصيانة القادمة</translation>
    </message>
    <message>
        <source>where the car is</source>
        <translation>موقع السيارة</translation>
    </message>
    <message>
        <source>the fan</source>
        <translation>المروحة</translation>
    </message>
    <message>
        <source>the charge limit</source>
        <translation>حد الشحن</translation>
    </message>
    <message>
        <source>charging</source>
        <translation>الشحن</translation>
    </message>
    <message>
        <source>the conditioning of the battery</source>
        <translation>تهيئة البطارية</translation>
    </message>
    <message>
        <source>the fuel flap</source>
        <translation>غطاء الوقود</translation>
    </message>
    <message>
        <source>the trip meter</source>
        <translation>عداد الرحلة</translation>
    </message>
    <message>
        <source>the music</source>
        <translation>الموسيقى</translation>
    </message>
    <message>
        <source>media</source>
        <translation>الوسائط</translation>
    </message>
    <message>
        <source>navigation</source>
        <translation>الملاحة</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>تنبيه</translation>
    </message>
    <message>
        <source>{number} more things</source>
        <translation>{number} أشياء أخرى</translation>
    </message>
    <message>
        <source>It wants to: {what}</source>
        <translation>يريد: {what}</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first} و{last}</translation>
    </message>
    <message>
        <source>{first}, {last}</source>
        <translation>{first}، {last}</translation>
    </message>
</context>
<context>
    <name>Permissions</name>
    <message>
        <source>Trust {now} of 8</source>
        <translation>الثقة {now} من 8</translation>
    </message>
    <message>
        <source>Trust {now} of 8, {whole} if you allow everything</source>
        <translation>الثقة {now} من 8، و{whole} إذا سمحت بكل شيء</translation>
    </message>
    <message>
        <source>It does not run here.</source>
        <translation>لا يعمل هنا.</translation>
    </message>
    <message numerus="yes">
        <source>Kept apart by %n layers. By {publisher}.</source>
        <translation>
            <numerusform>معزول بعدد %n من الطبقات. من {publisher}.</numerusform>
            <numerusform>معزول بطبقة واحدة (%n). من {publisher}.</numerusform>
            <numerusform>معزول بطبقتين (%n). من {publisher}.</numerusform>
            <numerusform>معزول بعدد %n طبقات. من {publisher}.</numerusform>
            <numerusform>معزول بعدد %n طبقة. من {publisher}.</numerusform>
            <numerusform>معزول بعدد %n طبقة. من {publisher}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Partly taken back.</source>
        <translation>سُحب جزئيًا.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>سُحب.</translation>
    </message>
    <message>
        <source>This car cannot give it.</source>
        <translation>لا تستطيع هذه السيارة توفيره.</translation>
    </message>
    <message>
        <source>It cannot run without.</source>
        <translation>لا يعمل بدونه.</translation>
    </message>
    <message>
        <source>It says: “{reason}”</source>
        <translation>يقول: «{reason}»</translation>
    </message>
</context>
<context>
    <name>PermissionsSheet</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>تحديد ما يُسمح به</translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message>
        <source>On the phone, look for “%1” among Bluetooth devices and pair it while parked.</source>
        <translation>ابحث في الهاتف عن «%1» بين أجهزة Bluetooth وأقرنه عند الركن.</translation>
    </message>
    <message>
        <source>Bluetooth is switched off.</source>
        <translation>تم إيقاف Bluetooth.</translation>
    </message>
    <message>
        <source>This car has no Bluetooth adapter.</source>
        <translation>لا يوجد محوّل Bluetooth في هذه السيارة.</translation>
    </message>
    <message>
        <source>The system&apos;s Bluetooth service does not answer. It is tried again.</source>
        <translation>خدمة Bluetooth في النظام لا تستجيب. تجري المحاولة من جديد.</translation>
    </message>
    <message>
        <source>This installation lacks the Bluetooth library: pip install &apos;ivi[dbus]&apos; brings it.</source>
        <translation>تنقص مكتبة Bluetooth في هذا التثبيت: pip install &apos;ivi[dbus]&apos; يضيفها.</translation>
    </message>
    <message>
        <source>Looking for phones.</source>
        <translation>يجري البحث عن هواتف.</translation>
    </message>
    <message>
        <source>No phone is paired</source>
        <translation>لا يوجد هاتف مقترن</translation>
    </message>
    <message>
        <source>No phone</source>
        <translation>لا هاتف</translation>
    </message>
    <message>
        <source>Paired phones</source>
        <translation>الهواتف المقترنة</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>This car makes no calls yet; it shows the phones that it knows.</source>
        <translation>لا تُجري هذه السيارة مكالمات بعد، وتعرض الهواتف التي تعرفها.</translation>
    </message>
</context>
<context>
    <name>PlaceMap</name>
    <message>
        <source>N</source>
        <translation>ش</translation>
    </message>
    <message>
        <source>There are no places here.</source>
        <translation>لا توجد أماكن هنا.</translation>
    </message>
</context>
<context>
    <name>PlayingBand</name>
    <message>
        <source>Now playing: %1, %2</source>
        <translation>يُشغَّل الآن: %1، %2</translation>
    </message>
    <message>
        <source>Now playing: %1</source>
        <translation>يُشغَّل الآن: %1</translation>
    </message>
</context>
<context>
    <name>PowerBar</name>
    <message>
        <source>Charging</source>
        <translation>قيد الشحن</translation>
    </message>
    <message>
        <source>Regeneration</source>
        <translation>استرداد الطاقة</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>القدرة</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
</context>
<context>
    <name>Privacy</name>
    <message>
        <source>Receipts</source>
        <translation>إيصالات الاستلام</translation>
    </message>
    <message>
        <source>Care for this car</source>
        <translation>العناية بهذه السيارة</translation>
    </message>
    <message>
        <source>Finding faults</source>
        <translation>البحث عن الأعطال</translation>
    </message>
    <message>
        <source>Where the car is</source>
        <translation>موقع السيارة</translation>
    </message>
    <message>
        <source>Traffic and road state</source>
        <translation>حركة المرور وحالة الطريق</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>البحث العلمي</translation>
    </message>
    <message>
        <source>Ratings of apps</source>
        <translation>تقييمات التطبيقات</translation>
    </message>
    <message>
        <source>Insurance</source>
        <translation>التأمين</translation>
    </message>
    <message>
        <source>how the car&apos;s parts do</source>
        <translation>حالة أجزاء السيارة</translation>
    </message>
    <message>
        <source>how the car is driven</source>
        <translation>أسلوب القيادة</translation>
    </message>
    <message>
        <source>where the car is</source>
        <translation>موقع السيارة</translation>
    </message>
    <message>
        <source>what happens in the cabin</source>
        <translation>ما يحدث في المقصورة</translation>
    </message>
    <message>
        <source>who drives, and which car it is</source>
        <translation>هوية السائق والسيارة</translation>
    </message>
    <message>
        <source>what you think of apps</source>
        <translation>رأيك في التطبيقات</translation>
    </message>
    <message>
        <source>whoever runs the car&apos;s service</source>
        <translation>مشغّل خدمة السيارة</translation>
    </message>
    <message>
        <source>the owner of the car</source>
        <translation>مالك السيارة</translation>
    </message>
    <message>
        <source>the workshop</source>
        <translation>الورشة</translation>
    </message>
    <message>
        <source>the maker of the car</source>
        <translation>صانع السيارة</translation>
    </message>
    <message>
        <source>a partner of the car&apos;s service</source>
        <translation>شريك لخدمة السيارة</translation>
    </message>
    <message numerus="yes">
        <source>Always sent, with the car&apos;s name: %n so far.</source>
        <translation>
            <numerusform>تُرسل دائمًا مع اسم السيارة: %n حتى الآن.</numerusform>
            <numerusform>تُرسل دائمًا مع اسم السيارة: %n حتى الآن.</numerusform>
            <numerusform>تُرسل دائمًا مع اسم السيارة: %n حتى الآن.</numerusform>
            <numerusform>تُرسل دائمًا مع اسم السيارة: %n حتى الآن.</numerusform>
            <numerusform>تُرسل دائمًا مع اسم السيارة: %n حتى الآن.</numerusform>
            <numerusform>تُرسل دائمًا مع اسم السيارة: %n حتى الآن.</numerusform>
        </translation>
    </message>
    <message>
        <source>Agreed by %1 at %2. </source>
        <translation>تمت الموافقة من %1 في %2. </translation>
    </message>
    <message numerus="yes">
        <source>%n records sent.</source>
        <translation>
            <numerusform>أُرسل %n سجل.</numerusform>
            <numerusform>أُرسل سجل واحد (%n).</numerusform>
            <numerusform>أُرسل سجلان (%n).</numerusform>
            <numerusform>أُرسلت %n سجلات.</numerusform>
            <numerusform>أُرسل %n سجلًا.</numerusform>
            <numerusform>أُرسل %n سجل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not agreed to. The fleet asks for it in %n campaigns.</source>
        <translation>
            <numerusform>لم تتم الموافقة. يطلبها الأسطول في %n حملة.</numerusform>
            <numerusform>لم تتم الموافقة. يطلبها الأسطول في حملة واحدة (%n).</numerusform>
            <numerusform>لم تتم الموافقة. يطلبها الأسطول في حملتين (%n).</numerusform>
            <numerusform>لم تتم الموافقة. يطلبها الأسطول في %n حملات.</numerusform>
            <numerusform>لم تتم الموافقة. يطلبها الأسطول في %n حملة.</numerusform>
            <numerusform>لم تتم الموافقة. يطلبها الأسطول في %n حملة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not agreed to. Nothing is sent.</source>
        <translation>لم تتم الموافقة. لا يُرسل شيء.</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n يوم</numerusform>
            <numerusform>يوم واحد (%n)</numerusform>
            <numerusform>يومان (%n)</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>As long as the law demands</source>
        <translation>المدة التي يفرضها القانون</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>What</source>
        <translation>المحتوى</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>الجهة المتلقية</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>مدة الحفظ</translation>
    </message>
    <message>
        <source>With the car&apos;s name</source>
        <translation>مع اسم السيارة</translation>
    </message>
    <message>
        <source>How exactly</source>
        <translation>مستوى الدقة</translation>
    </message>
    <message>
        <source>Exact place and moment</source>
        <translation>المكان واللحظة بدقة</translation>
    </message>
    <message>
        <source>Place within %1 m, moment within %2 s</source>
        <translation>المكان في حدود %1 m، واللحظة في حدود %2 s</translation>
    </message>
    <message numerus="yes">
        <source>Taken back. %n records that waited will never be sent.</source>
        <translation>
            <numerusform>سُحبت الموافقة. لن يُرسل أبدًا ما كان ينتظر: %n سجل.</numerusform>
            <numerusform>سُحبت الموافقة. لن يُرسل أبدًا ما كان ينتظر: سجل واحد (%n).</numerusform>
            <numerusform>سُحبت الموافقة. لن يُرسل أبدًا ما كان ينتظر: سجلان (%n).</numerusform>
            <numerusform>سُحبت الموافقة. لن يُرسل أبدًا ما كان ينتظر: %n سجلات.</numerusform>
            <numerusform>سُحبت الموافقة. لن يُرسل أبدًا ما كان ينتظر: %n سجلًا.</numerusform>
            <numerusform>سُحبت الموافقة. لن يُرسل أبدًا ما كان ينتظر: %n سجل.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The ledger is whole: every signature of its %n lines is right.</source>
        <translation>
            <numerusform>الدفتر سليم: كل التوقيعات صحيحة (%n سطر).</numerusform>
            <numerusform>الدفتر سليم: كل التوقيعات صحيحة (سطر واحد، %n).</numerusform>
            <numerusform>الدفتر سليم: كل التوقيعات صحيحة (سطران، %n).</numerusform>
            <numerusform>الدفتر سليم: كل التوقيعات صحيحة (%n أسطر).</numerusform>
            <numerusform>الدفتر سليم: كل التوقيعات صحيحة (%n سطرًا).</numerusform>
            <numerusform>الدفتر سليم: كل التوقيعات صحيحة (%n سطر).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>الخصوصية</translation>
    </message>
    <message>
        <source>Nothing but receipts leaves the car without your agreement. You can take it back at any time.</source>
        <translation>لا يخرج من السيارة دون موافقتك سوى إيصالات الاستلام. يمكنك سحب الموافقة في أي وقت.</translation>
    </message>
    <message>
        <source>The ledger of consents is being read.</source>
        <translation>تجري قراءة دفتر الموافقات.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 أخرى عند الركن</translation>
    </message>
    <message>
        <source>You can agree when parked, and take back at any time.</source>
        <translation>يمكنك الموافقة عند الركن، وسحبها في أي وقت.</translation>
    </message>
    <message>
        <source>Check the ledger&apos;s %1 lines</source>
        <translation>فحص أسطر الدفتر (%1)</translation>
    </message>
    <message>
        <source>A copy of all that was recorded and sent is yours: on the car&apos;s computer, the command “ivi privacy export” writes it into a folder.</source>
        <translation>لك نسخة من كل ما سُجّل وأُرسل: يكتبها الأمر «ivi privacy export» على حاسوب السيارة في مجلد.</translation>
    </message>
</context>
<context>
    <name>Processes</name>
    <message>
        <source>{number} features end soon. {what}</source>
        <translation>تنتهي {number} ميزات قريبًا. {what}</translation>
    </message>
    <message>
        <source>connect to the fleet</source>
        <translation>اتصل بالأسطول.</translation>
    </message>
    <message>
        <source>A snapshot of features was not taken: {what}</source>
        <translation>لم تؤخذ لقطة الميزات: {what}</translation>
    </message>
    <message>
        <source>The kept snapshot of features does not count: {what}</source>
        <translation>لقطة الميزات المحفوظة غير معتمدة: {what}</translation>
    </message>
    <message>
        <source>connect to the fleet, which sends it again</source>
        <translation>اتصل بالأسطول ليرسلها ثانية.</translation>
    </message>
    <message>
        <source>{number} snapshots or features were refused; the last: {what}</source>
        <translation>رُفضت {number} لقطات أو ميزات؛ آخرها: {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-entitlements.md; if you did not cause it, somebody tries</source>
        <translation>انظر docs/cloud-entitlements.md؛ إن لم تكن أنت السبب فهناك من يحاول.</translation>
    </message>
    <message>
        <source>the log of the process has the details</source>
        <translation>تجد التفاصيل في سجل العملية.</translation>
    </message>
    <message>
        <source>the log of the process has more</source>
        <translation>في سجل العملية المزيد.</translation>
    </message>
    <message>
        <source>No telemetry is recorded: {what}</source>
        <translation>لا تُسجَّل بيانات: {what}</translation>
    </message>
    <message>
        <source>it goes on by itself when signals flow</source>
        <translation>يستأنف تلقائيًا عند وصول الإشارات.</translation>
    </message>
    <message>
        <source>the clock was turned back; the time known before counts</source>
        <translation>أُرجعت الساعة؛ يُعتمد الوقت المعروف سابقًا.</translation>
    </message>
    <message>
        <source>set the car&apos;s clock</source>
        <translation>اضبط ساعة السيارة.</translation>
    </message>
    <message>
        <source>the clock is years ahead of what is known, and is not believed</source>
        <translation>الساعة متقدمة سنوات ولا يُعتمد عليها.</translation>
    </message>
    <message>
        <source>the clock is months ahead of what is known; it counts until a signed message tells the time</source>
        <translation>الساعة متقدمة أشهرًا؛ تُعتمد حتى تصل رسالة موقّعة بالوقت.</translation>
    </message>
    <message>
        <source>nothing after a long time in a garage, when the clock is right; else set the car&apos;s clock</source>
        <translation>لا شيء بعد وقوف طويل إن كانت الساعة صحيحة؛ وإلا فاضبطها.</translation>
    </message>
    <message>
        <source>the saved time cannot be used: {what}</source>
        <translation>تعذر استخدام الوقت المحفوظ: {what}</translation>
    </message>
    <message>
        <source>the fleet&apos;s next message tells it</source>
        <translation>ستذكره رسالة الأسطول التالية.</translation>
    </message>
    <message>
        <source>make room on the disk</source>
        <translation>أفسح مجالًا على القرص.</translation>
    </message>
    <message>
        <source>A desired state was refused: {what}</source>
        <translation>رُفضت حالة مطلوبة: {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-commands.md</source>
        <translation>انظر docs/cloud-commands.md.</translation>
    </message>
    <message>
        <source>The store of the twin was damaged and a new one was made</source>
        <translation>كان مخزن التوأم تالفًا فأُنشئ جديد.</translation>
    </message>
    <message>
        <source>The twin stands still: {what}</source>
        <translation>التوأم متوقف: {what}</translation>
    </message>
    <message>
        <source>No updates: {what}</source>
        <translation>لا تحديثات: {what}</translation>
    </message>
    <message>
        <source>Not connected to the fleet: {what}</source>
        <translation>غير متصل بالأسطول: {what}</translation>
    </message>
    <message>
        <source>records wait and are sent later</source>
        <translation>تنتظر السجلات وتُرسل لاحقًا.</translation>
    </message>
    <message>
        <source>for development only; unset it in a car</source>
        <translation>للتطوير فقط؛ ألغه في السيارة.</translation>
    </message>
    <message>
        <source>see `ivi status`</source>
        <translation>انظر `ivi status`.</translation>
    </message>
    <message>
        <source>see `ivi app list`</source>
        <translation>انظر `ivi app list`.</translation>
    </message>
    <message>
        <source>Installed apps cannot be started</source>
        <translation>تعذر تشغيل التطبيقات المثبتة.</translation>
    </message>
    <message>
        <source>The app {app} cannot be loaded</source>
        <translation>تعذر تحميل التطبيق {app}.</translation>
    </message>
    <message>
        <source>Apps may reach networks that are not public: {what}</source>
        <translation>يمكن للتطبيقات الوصول إلى شبكات غير عامة: {what}</translation>
    </message>
    <message>
        <source>Apps are off: {what}</source>
        <translation>التطبيقات متوقفة: {what}</translation>
    </message>
    <message>
        <source>install bubblewrap {version} or newer</source>
        <translation>ثبّت bubblewrap {version} أو أحدث.</translation>
    </message>
    <message>
        <source>Last values cannot be kept: {what}</source>
        <translation>تعذر حفظ القيم الأخيرة: {what}</translation>
    </message>
    <message>
        <source>free or mend the disk</source>
        <translation>أفرغ القرص أو أصلحه.</translation>
    </message>
    <message>
        <source>the broker starts without them; the file is now {file}</source>
        <translation>يبدأ من دونها؛ الملف الآن {file}</translation>
    </message>
    <message>
        <source>The message {message} on the CAN bus {bus} has faults in its counter or checksum</source>
        <translation>الرسالة {message} على ناقل CAN {bus} بها أخطاء في العداد أو المجموع.</translation>
    </message>
    <message>
        <source>while no frame is good its values are not available; see `ivi health`, then look at its sender, or at counter and checksum in the overlay</source>
        <translation>ما دام لا إطار صحيح فقيمها غير متاحة؛ انظر `ivi health` ثم المرسل أو العداد والمجموع.</translation>
    </message>
    <message>
        <source>{number} lines of the DBC are not used: {what}</source>
        <translation>{number} أسطر من DBC غير مستخدمة: {what}</translation>
    </message>
    <message>
        <source>mend the file</source>
        <translation>أصلح الملف.</translation>
    </message>
    <message>
        <source>Of the recording {what}</source>
        <translation>من التسجيل: {what}</translation>
    </message>
    <message>
        <source>The recording ends early: {what}</source>
        <translation>ينتهي التسجيل مبكرًا: {what}</translation>
    </message>
    <message>
        <source>check the file</source>
        <translation>افحص الملف.</translation>
    </message>
    <message>
        <source>{number} contacts cannot be said</source>
        <translation>{number} جهات اتصال لا يمكن نطقها.</translation>
    </message>
    <message>
        <source>give them names with letters</source>
        <translation>أعطها أسماء بحروف.</translation>
    </message>
    <message>
        <source>The contacts are not read</source>
        <translation>لا تُقرأ جهات الاتصال.</translation>
    </message>
    <message>
        <source>export fewer</source>
        <translation>صدّر عددًا أقل.</translation>
    </message>
    <message>
        <source>The microphone is too loud: speech is cut off</source>
        <translation>الميكروفون عالٍ جدًا: يُقطع الكلام.</translation>
    </message>
    <message>
        <source>lower its level</source>
        <translation>اخفض مستواه.</translation>
    </message>
    <message>
        <source>The microphone gives digital silence</source>
        <translation>الميكروفون لا يعطي سوى الصمت.</translation>
    </message>
    <message>
        <source>unmute it or check its cable</source>
        <translation>ألغِ كتمه أو افحص كابله.</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>لا ميكروفون.</translation>
    </message>
    <message>
        <source>apt-get install {program}</source>
        <translation>للتثبيت: apt-get install {program}</translation>
    </message>
    <message>
        <source>Answers are shown, not spoken</source>
        <translation>تُعرض الإجابات ولا تُنطق.</translation>
    </message>
    <message>
        <source>Speech recognition failed</source>
        <translation>فشل التعرف على الكلام.</translation>
    </message>
    <message>
        <source>say it again</source>
        <translation>قلها ثانية.</translation>
    </message>
    <message>
        <source>write them in Latin letters: {what}</source>
        <translation>اكتبها بحروف لاتينية: {what}</translation>
    </message>
    <message>
        <source>{number} sentences or names can be typed but not spoken</source>
        <translation>{number} جمل أو أسماء تُكتب ولا تُنطق.</translation>
    </message>
    <message>
        <source>The doors have no vehicle data</source>
        <translation>منافذ الأدوات بلا بيانات مركبة.</translation>
    </message>
    <message>
        <source>A door for other machines is not encrypted</source>
        <translation>منفذ لأجهزة أخرى غير مشفر.</translation>
    </message>
    <message>
        <source>give --tls-certificate and --tls-key</source>
        <translation>حدّد --tls-certificate و--tls-key.</translation>
    </message>
    <message>
        <source>The voice process can reach the network</source>
        <translation>تستطيع عملية الصوت الوصول إلى الشبكة.</translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation>بيانات المركبة</translation>
    </message>
    <message>
        <source>The driving state</source>
        <translation>حالة القيادة</translation>
    </message>
    <message>
        <source>The app host</source>
        <translation>التطبيقات</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>الصوت</translation>
    </message>
    <message>
        <source>The cloud link</source>
        <translation>السحابة</translation>
    </message>
    <message>
        <source>The screen</source>
        <translation>الشاشة</translation>
    </message>
    <message>
        <source>Access for other tools</source>
        <translation>منفذ الأدوات</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>المراقبة</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>التحديثات</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>It is not known whether the car is parked.</source>
        <translation>لا يُعرف هل السيارة متوقفة.</translation>
    </message>
    <message>
        <source>The car is not parked.</source>
        <translation>السيارة ليست متوقفة.</translation>
    </message>
    <message>
        <source>The state of charge is not known.</source>
        <translation>مستوى الشحن غير معروف.</translation>
    </message>
    <message>
        <source>The battery is below {number} %.</source>
        <translation>البطارية أقل من {number} %.</translation>
    </message>
    <message>
        <source>The climate control did not answer; it is tried again.</source>
        <translation>لم يستجب التكييف؛ ستعاد المحاولة.</translation>
    </message>
    <message>
        <source>{process} does not answer.</source>
        <translation>{process}: لا استجابة.</translation>
    </message>
    <message>
        <source>{process} cannot run.</source>
        <translation>{process}: لا يمكن التشغيل.</translation>
    </message>
    <message>
        <source>{process} has stopped and is started again.</source>
        <translation>{process}: توقف ويُعاد تشغيله.</translation>
    </message>
    <message>
        <source>{process} is started again.</source>
        <translation>{process}: يُعاد تشغيله.</translation>
    </message>
    <message>
        <source>The driving state is started again.</source>
        <translation>حالة القيادة: يُعاد تشغيلها.</translation>
    </message>
    <message>
        <source>Started again {number} times since the car started.</source>
        <translation>أُعيد التشغيل {number} مرات منذ تشغيل السيارة.</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>لا يعمل.</translation>
    </message>
    <message>
        <source>It comes back by itself; if it does not, start the car&apos;s computer again.</source>
        <translation>يعود من تلقاء نفسه؛ وإلا فأعد تشغيل حاسوب السيارة.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} cannot be reached.</source>
        <translation>يتعذر الوصول إلى ناقل المركبة {bus}.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} is silent.</source>
        <translation>ناقل المركبة {bus} صامت.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} is flooded.</source>
        <translation>ناقل المركبة {bus} مغمور.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has switched itself off after too many errors.</source>
        <translation>أوقف ناقل المركبة {bus} نفسه بعد أخطاء كثيرة.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has many errors.</source>
        <translation>ناقل المركبة {bus} به أخطاء كثيرة.</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has errors.</source>
        <translation>ناقل المركبة {bus} به أخطاء.</translation>
    </message>
    <message>
        <source>It is tried again by itself; a workshop should look at the wiring if it stays so.</source>
        <translation>تعاد المحاولة تلقائيًا؛ إن استمر ذلك فلتفحص ورشة التوصيلات.</translation>
    </message>
    <message>
        <source>{number} frames a second, never heard</source>
        <translation>{number} إطار في الثانية، لم يُسمع قط</translation>
    </message>
    <message>
        <source>{number} frames a second, last heard {age} s ago</source>
        <translation>{number} إطار في الثانية، آخر سماع قبل {age} ث</translation>
    </message>
    <message>
        <source>The message {message} arrives damaged.</source>
        <translation>تصل الرسالة {message} تالفة.</translation>
    </message>
    <message>
        <source>Its values are not used until it is right again; a workshop should look at it if it stays so.</source>
        <translation>لا تُستخدم قيمها حتى تصح؛ إن استمر ذلك فلتفحصها ورشة.</translation>
    </message>
    <message>
        <source>{wrong} wrong checksums, {repeated} repeated and {skipped} skipped of {good} good ones.</source>
        <translation>{wrong} مجاميع خاطئة و{repeated} مكررة و{skipped} متخطاة من {good} صحيحة.</translation>
    </message>
    <message>
        <source>There is little storage left.</source>
        <translation>المساحة المتبقية قليلة.</translation>
    </message>
    <message>
        <source>{free} MB of {total} MB are free.</source>
        <translation>{free} م.ب من {total} م.ب متاحة.</translation>
    </message>
    <message>
        <source>Nothing is lost yet. Remove apps that you do not use, or have the car&apos;s computer looked at.</source>
        <translation>لم يضع شيء بعد. أزل التطبيقات غير المستخدمة أو افحص حاسوب السيارة.</translation>
    </message>
    <message>
        <source>The newest update was not taken.</source>
        <translation>لم يُعتمد أحدث تحديث.</translation>
    </message>
    <message>
        <source>What was installed before goes on; the same update is not tried again.</source>
        <translation>يستمر ما كان مثبتًا؛ ولا يُجرَّب التحديث نفسه ثانية.</translation>
    </message>
    <message>
        <source>{app} waits for your agreement.</source>
        <translation>{app} ينتظر موافقتك.</translation>
    </message>
    <message>
        <source>{app} has stopped and waits before it starts again.</source>
        <translation>توقف {app} وينتظر قبل أن يبدأ ثانية.</translation>
    </message>
    <message>
        <source>{app} has stopped too often and stays off.</source>
        <translation>توقف {app} مرات كثيرة ويبقى متوقفًا.</translation>
    </message>
    <message>
        <source>{app} could not be loaded.</source>
        <translation>تعذر تحميل {app}.</translation>
    </message>
    <message>
        <source>{app} is off because this machine cannot isolate it.</source>
        <translation>{app} متوقف لأن هذا الجهاز لا يستطيع عزله.</translation>
    </message>
    <message>
        <source>An update is here and waits for your agreement.</source>
        <translation>وصل تحديث وينتظر موافقتك.</translation>
    </message>
    <message>
        <source>A control unit has stored a trouble code.</source>
        <translation>خزّنت وحدة تحكم رمز عطل.</translation>
    </message>
    <message>
        <source>{number} trouble codes are stored.</source>
        <translation>خُزِّن {number} من رموز الأعطال.</translation>
    </message>
    <message>
        <source>The vehicle page says what is known of them; a workshop can read them with their freeze frames.</source>
        <translation>تذكر صفحة المركبة ما يُعرف عنها؛ ويمكن لورشة قراءتها مع بياناتها.</translation>
    </message>
    <message>
        <source>The app is started again.</source>
        <translation>يُعاد تشغيل التطبيق.</translation>
    </message>
    <message>
        <source>The question is on the screen.</source>
        <translation>السؤال على الشاشة.</translation>
    </message>
    <message>
        <source>standing, not in park</source>
        <translation>متوقفة، لكن ليست على P.</translation>
    </message>
    <message>
        <source>driving at {speed} km/h</source>
        <translation>تسير بسرعة {speed} كم/س.</translation>
    </message>
    <message>
        <source>the gear is not known</source>
        <translation>وضع الناقل غير معروف.</translation>
    </message>
    <message>
        <source>just stopped</source>
        <translation>توقفت للتو.</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>متوقفة.</translation>
    </message>
    <message>
        <source>parked with the parking brake</source>
        <translation>متوقفة بفرملة الوقوف.</translation>
    </message>
    <message>
        <source>the speed is not known</source>
        <translation>السرعة غير معروفة.</translation>
    </message>
    <message>
        <source>the speed has not been heard for a while</source>
        <translation>لم تصل السرعة منذ فترة.</translation>
    </message>
    <message>
        <source>the speed makes no sense</source>
        <translation>السرعة غير معقولة.</translation>
    </message>
    <message>
        <source>the driving state is not known: {what}</source>
        <translation>حالة القيادة غير معروفة: {what}</translation>
    </message>
    <message>
        <source>vehicle data is away</source>
        <translation>بيانات المركبة غائبة.</translation>
    </message>
    <message>
        <source>apps are shown as while driving</source>
        <translation>تُعرض التطبيقات كما أثناء القيادة.</translation>
    </message>
    <message>
        <source>it is tried again</source>
        <translation>ستعاد المحاولة.</translation>
    </message>
    <message>
        <source>you have not agreed to it yet</source>
        <translation>لم توافق عليه بعد.</translation>
    </message>
    <message>
        <source>the fleet has asked to wait</source>
        <translation>طلب الأسطول الانتظار.</translation>
    </message>
    <message>
        <source>the car is not parked ({why})</source>
        <translation>السيارة ليست متوقفة ({why})</translation>
    </message>
    <message>
        <source>this is done while the car is parked</source>
        <translation>يتم ذلك والسيارة متوقفة.</translation>
    </message>
    <message>
        <source>there is nothing to do about it from here</source>
        <translation>لا شيء يمكن فعله من هنا.</translation>
    </message>
    <message>
        <source>this is over</source>
        <translation>انتهى هذا.</translation>
    </message>
    <message>
        <source>this departure is not there any more</source>
        <translation>لم يعد هذا الموعد موجودًا.</translation>
    </message>
    <message>
        <source>check the disk, then start again</source>
        <translation>افحص القرص ثم أعد التشغيل.</translation>
    </message>
    <message>
        <source>receipts of what you ordered, of payments and of your consents</source>
        <translation>إيصالات طلباتك ومدفوعاتك وموافقاتك.</translation>
    </message>
    <message>
        <source>to see how your car does and tell you in time</source>
        <translation>لمتابعة حال سيارتك وإخبارك في الوقت المناسب.</translation>
    </message>
    <message>
        <source>to find the cause of a fault</source>
        <translation>لإيجاد سبب العطل.</translation>
    </message>
    <message>
        <source>to answer where your car is</source>
        <translation>للإجابة عن مكان سيارتك.</translation>
    </message>
    <message>
        <source>to tell others of jams and slippery roads</source>
        <translation>لإخبار الآخرين بالازدحام والطرق الزلقة.</translation>
    </message>
    <message>
        <source>to make the next cars better</source>
        <translation>لجعل السيارات القادمة أفضل.</translation>
    </message>
    <message>
        <source>to show others what drivers think of an app</source>
        <translation>لإظهار رأي السائقين في تطبيق للآخرين</translation>
    </message>
    <message>
        <source>for a tariff that follows how you drive</source>
        <translation>لتعرفة تتبع أسلوب قيادتك.</translation>
    </message>
    <message>
        <source>The ratings of apps were damaged, and none is kept any more: {what}</source>
        <translation>كانت تقييمات التطبيقات تالفة ولم يبقَ منها شيء: {what}</translation>
    </message>
    <message>
        <source>rate the apps again; check the disk</source>
        <translation>قيّم التطبيقات من جديد؛ افحص القرص</translation>
    </message>
    <message>
        <source>The file of campaigns was damaged; the car asks for them anew</source>
        <translation>كان ملف الحملات تالفًا؛ تطلبها السيارة من جديد.</translation>
    </message>
    <message>
        <source>delete the file; check the disk</source>
        <translation>احذف الملف وافحص القرص.</translation>
    </message>
    <message>
        <source>Campaigns are not done any more: {what}</source>
        <translation>لم تعد الحملات تُنفَّذ: {what}</translation>
    </message>
    <message>
        <source>restart the process</source>
        <translation>أعد تشغيل العملية.</translation>
    </message>
    <message>
        <source>No campaigns: {what}</source>
        <translation>لا حملات: {what}</translation>
    </message>
    <message>
        <source>use a smaller one</source>
        <translation>استخدم واحدًا أصغر.</translation>
    </message>
    <message>
        <source>Records cannot be stored: {what}</source>
        <translation>تعذر حفظ السجلات: {what}</translation>
    </message>
    <message>
        <source>The store of unsent records was damaged and a new one was made</source>
        <translation>كان مخزن السجلات غير المرسلة تالفًا فأُنشئ جديد.</translation>
    </message>
    <message>
        <source>keep the file if its records matter, else delete it; check the disk</source>
        <translation>احتفظ بالملف إن كانت سجلاته مهمة وإلا فاحذفه؛ وافحص القرص.</translation>
    </message>
    <message>
        <source>{number} messages that claim to be commands were refused; the last: {what}</source>
        <translation>رُفضت {number} رسائل تدّعي أنها أوامر؛ آخرها: {what}</translation>
    </message>
    <message>
        <source>see docs/cloud-commands.md; if you did not cause it, somebody tries</source>
        <translation>انظر docs/cloud-commands.md؛ إن لم تكن أنت السبب فهناك من يحاول.</translation>
    </message>
    <message>
        <source>The store of commands was damaged; a new one was made, and older commands are not taken any more</source>
        <translation>كان مخزن الأوامر تالفًا فأُنشئ جديد ولم تعد الأوامر القديمة تُقبل.</translation>
    </message>
    <message>
        <source>check the disk; delete the file when nobody needs it</source>
        <translation>افحص القرص؛ واحذف الملف إن لم يحتجه أحد.</translation>
    </message>
    <message>
        <source>A command was not taken: {what}</source>
        <translation>لم يُقبل أمر: {what}</translation>
    </message>
    <message>
        <source>The copies of what was sent were damaged, and new ones are made: {what}</source>
        <translation>كانت نسخ المرسَل تالفة وتُنشأ جديدة: {what}</translation>
    </message>
    <message>
        <source>see the disk</source>
        <translation>افحص القرص.</translation>
    </message>
    <message>
        <source>No copies are made of what is sent: {what}</source>
        <translation>لا تُحفظ نسخ مما يُرسل: {what}</translation>
    </message>
    <message>
        <source>The record of what was agreed to was changed, and nothing leaves: {what}</source>
        <translation>تغيّر سجل الموافقات ولا يخرج شيء: {what}</translation>
    </message>
    <message>
        <source>start again, then agree to what you want: `ivi privacy show`</source>
        <translation>أعد التشغيل ثم وافق على ما تريد: `ivi privacy show`</translation>
    </message>
    <message>
        <source>agree again to what you want: `ivi privacy show`</source>
        <translation>وافق ثانية على ما تريد: `ivi privacy show`</translation>
    </message>
    <message>
        <source>A consent is not written yet, and nothing of it leaves: {what}</source>
        <translation>لم تُكتب موافقة بعد ولا يخرج منها شيء: {what}</translation>
    </message>
    <message>
        <source>free some disk space</source>
        <translation>وفّر مساحة على القرص.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Home</source>
        <translation>الرئيسية</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>الملاحة</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>الوسائط</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>الطاقة</translation>
    </message>
    <message>
        <source>Climate</source>
        <translation>المناخ</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>السيارة</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>التطبيقات</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>الصفحات</translation>
    </message>
    <message>
        <source>More pages</source>
        <translation>صفحات أخرى</translation>
    </message>
</context>
<context>
    <name>RangeBandCard</name>
    <message>
        <source>Range</source>
        <translation>المدى</translation>
    </message>
    <message>
        <source>%1 to %2 %3</source>
        <translation>%1 إلى %2 %3</translation>
    </message>
    <message>
        <source>Consumption is not recorded at the moment.</source>
        <translation>لا يُسجَّل الاستهلاك حاليًا.</translation>
    </message>
    <message>
        <source>It comes after another %1 %2.</source>
        <translation>يظهر بعد %1 %2 أخرى.</translation>
    </message>
    <message>
        <source>The car does not say how much energy is left.</source>
        <translation>لا تفيد السيارة عن الطاقة المتبقية.</translation>
    </message>
    <message>
        <source>Last %1 %3. The car says %2 %3.</source>
        <translation>وفق آخر %1 %3. تقدير السيارة: %2 %3.</translation>
    </message>
    <message>
        <source>From the last %1 %2.</source>
        <translation>وفق آخر %1 %2.</translation>
    </message>
</context>
<context>
    <name>RatingBar</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n نجمة</numerusform>
            <numerusform>نجمة واحدة (%n)</numerusform>
            <numerusform>نجمتان (%n)</numerusform>
            <numerusform>%n نجوم</numerusform>
            <numerusform>%n نجمة</numerusform>
            <numerusform>%n نجمة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RearOverlay</name>
    <message>
        <source>Rear view</source>
        <translation>الرؤية الخلفية</translation>
    </message>
    <message>
        <source>Test picture, no camera</source>
        <translation>صورة اختبار، بلا كاميرا</translation>
    </message>
    <message>
        <source>Close the rear view</source>
        <translation>إغلاق الرؤية الخلفية</translation>
    </message>
</context>
<context>
    <name>RearView</name>
    <message>
        <source>This computer cannot show cameras.</source>
        <translation>لا يستطيع هذا الحاسوب عرض الكاميرات.</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>Use the mirrors and look back.</source>
        <translation>استخدم المرايا وانظر إلى الخلف.</translation>
    </message>
    <message>
        <source>The rear camera sends no picture.</source>
        <translation>لا ترسل الكاميرا الخلفية صورة.</translation>
    </message>
    <message>
        <source>The rear camera cannot be reached.</source>
        <translation>يتعذر الوصول إلى الكاميرا الخلفية.</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>لا صورة</translation>
    </message>
    <message>
        <source>The rear camera repeats one picture.</source>
        <translation>تكرر الكاميرا الخلفية صورة واحدة.</translation>
    </message>
    <message>
        <source>Picture frozen</source>
        <translation>الصورة متجمدة</translation>
    </message>
    <message>
        <source>Is the rear camera covered?</source>
        <translation>هل الكاميرا الخلفية مغطاة؟</translation>
    </message>
    <message>
        <source>Nothing to see</source>
        <translation>لا شيء يُرى</translation>
    </message>
    <message>
        <source>The selector&apos;s position is not known. The picture stays until you close it.</source>
        <translation>موضع ناقل الحركة غير معروف. تبقى الصورة حتى تغلقها.</translation>
    </message>
</context>
<context>
    <name>Resolution</name>
    <message>
        <source>Start it again</source>
        <translation>إعادة التشغيل</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Start the app again</source>
        <translation>إعادة تشغيل التطبيق</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>تحديد ما يُسمح به</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>عرض</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>جارٍ القراءة…</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>السجل فارغ.</translation>
    </message>
</context>
<context>
    <name>ResolutionPage</name>
    <message>
        <source>All is well.</source>
        <translation>كل شيء على ما يرام.</translation>
    </message>
    <message>
        <source>The parts of the car&apos;s computer are being asked.</source>
        <translation>يجري سؤال أجزاء حاسوب السيارة.</translation>
    </message>
    <message>
        <source>What is off is said here, with what ends it.</source>
        <translation>تظهر هنا الأعطال وما يحلّها.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 أخرى عند الركن</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>حُلّت</translation>
    </message>
</context>
<context>
    <name>RouteCard</name>
    <message>
        <source>leaves %1</source>
        <translation>عند الوصول %1</translation>
    </message>
    <message>
        <source>Nobody guides you now.</source>
        <translation>لا يوجد توجيه الآن.</translation>
    </message>
</context>
<context>
    <name>RoutePage</name>
    <message>
        <source>No route was found.</source>
        <translation>لم يُعثر على مسار.</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Starting</source>
        <translation>قيد البدء</translation>
    </message>
    <message>
        <source>It stopped and is starting again</source>
        <translation>توقف وتجري إعادة تشغيله</translation>
    </message>
    <message>
        <source>It stopped too often and stays off</source>
        <translation>توقف مرارًا ويبقى متوقفًا</translation>
    </message>
    <message>
        <source>It could not be loaded</source>
        <translation>تعذر تحميله</translation>
    </message>
    <message>
        <source>It is off because this machine cannot isolate it</source>
        <translation>متوقف لأن هذا الجهاز لا يستطيع عزله</translation>
    </message>
    <message>
        <source>It waits for your agreement</source>
        <translation>ينتظر موافقتك</translation>
    </message>
    <message>
        <source>It is off</source>
        <translation>متوقف</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>متوقف مؤقتًا</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>توقف</translation>
    </message>
    <message>
        <source>The car did not confirm it in time.</source>
        <translation>لم تؤكد السيارة ذلك في الوقت المحدد.</translation>
    </message>
    <message>
        <source>The car cannot do it at the moment.</source>
        <translation>لا تستطيع السيارة ذلك حاليًا.</translation>
    </message>
    <message>
        <source>The car does not take this value.</source>
        <translation>لا تقبل السيارة هذه القيمة.</translation>
    </message>
    <message>
        <source>This car does not have it.</source>
        <translation>غير متوفر في هذه السيارة.</translation>
    </message>
    <message>
        <source>It is not allowed now.</source>
        <translation>غير مسموح الآن.</translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation>بيانات السيارة</translation>
    </message>
    <message>
        <source>The car&apos;s signals arrive.</source>
        <translation>تصل إشارات السيارة.</translation>
    </message>
    <message>
        <source>Vehicle data is starting.</source>
        <translation>بيانات السيارة قيد البدء.</translation>
    </message>
    <message>
        <source>Vehicle data is restarting.</source>
        <translation>تجري إعادة تشغيل بيانات السيارة.</translation>
    </message>
    <message>
        <source>Vehicle data is not running.</source>
        <translation>بيانات السيارة لا تعمل.</translation>
    </message>
    <message>
        <source>Vehicle data does not answer.</source>
        <translation>بيانات السيارة لا تستجيب.</translation>
    </message>
    <message>
        <source>Driving state</source>
        <translation>حالة القيادة</translation>
    </message>
    <message>
        <source>The driving state is known.</source>
        <translation>حالة القيادة معروفة.</translation>
    </message>
    <message>
        <source>Driving state is starting.</source>
        <translation>حالة القيادة قيد البدء.</translation>
    </message>
    <message>
        <source>Driving state is restarting.</source>
        <translation>تجري إعادة تشغيل حالة القيادة.</translation>
    </message>
    <message>
        <source>Driving state is not running.</source>
        <translation>حالة القيادة لا تعمل.</translation>
    </message>
    <message>
        <source>Driving state does not answer.</source>
        <translation>حالة القيادة لا تستجيب.</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>التطبيقات</translation>
    </message>
    <message>
        <source>Apps run, each in a sandbox of its own.</source>
        <translation>تعمل التطبيقات، كل منها في بيئة معزولة.</translation>
    </message>
    <message>
        <source>Apps are starting.</source>
        <translation>التطبيقات قيد البدء.</translation>
    </message>
    <message>
        <source>Apps are restarting.</source>
        <translation>تجري إعادة تشغيل التطبيقات.</translation>
    </message>
    <message>
        <source>Apps are not running.</source>
        <translation>التطبيقات لا تعمل.</translation>
    </message>
    <message>
        <source>Apps do not answer.</source>
        <translation>التطبيقات لا تستجيب.</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>الأوامر الصوتية</translation>
    </message>
    <message>
        <source>Touch the microphone and speak.</source>
        <translation>المس الميكروفون وتحدث.</translation>
    </message>
    <message>
        <source>Voice is starting.</source>
        <translation>الأوامر الصوتية قيد البدء.</translation>
    </message>
    <message>
        <source>Voice is restarting.</source>
        <translation>تجري إعادة تشغيل الأوامر الصوتية.</translation>
    </message>
    <message>
        <source>Voice is not running.</source>
        <translation>الأوامر الصوتية لا تعمل.</translation>
    </message>
    <message>
        <source>Voice does not answer.</source>
        <translation>الأوامر الصوتية لا تستجيب.</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>السحابة</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>متصل.</translation>
    </message>
    <message>
        <source>Cloud is starting.</source>
        <translation>السحابة قيد البدء.</translation>
    </message>
    <message>
        <source>Cloud is restarting.</source>
        <translation>تجري إعادة تشغيل السحابة.</translation>
    </message>
    <message>
        <source>Cloud is not running.</source>
        <translation>السحابة لا تعمل.</translation>
    </message>
    <message>
        <source>Cloud does not answer.</source>
        <translation>السحابة لا تستجيب.</translation>
    </message>
    <message>
        <source>It comes back by itself.</source>
        <translation>يعود من تلقاء نفسه.</translation>
    </message>
    <message>
        <source>The screen goes on without it.</source>
        <translation>تستمر الشاشة من دونه.</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>وغيرها: {count}.</translation>
    </message>
    <message>
        <source>It is restarted if it stays so.</source>
        <translation>يُعاد تشغيله إذا بقي كذلك.</translation>
    </message>
    <message>
        <source>Parked</source>
        <translation>مركونة</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>واقفة</translation>
    </message>
    <message>
        <source>Driving</source>
        <translation>قيد السير</translation>
    </message>
    <message>
        <source>State unknown</source>
        <translation>الحالة غير معروفة</translation>
    </message>
    <message>
        <source>{what} was not changed.</source>
        <translation>لم يتم تغيير {what}.</translation>
    </message>
</context>
<context>
    <name>SettingTile</name>
    <message>
        <source>On</source>
        <translation>تشغيل</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>إيقاف</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The boot</source>
        <translation>صندوق الأمتعة</translation>
    </message>
    <message>
        <source>The boot&apos;s lock</source>
        <translation>قفل صندوق الأمتعة</translation>
    </message>
    <message>
        <source>The mirrors</source>
        <translation>المرايا</translation>
    </message>
    <message>
        <source>The interior light</source>
        <translation>الإضاءة الداخلية</translation>
    </message>
    <message>
        <source>The ambient light</source>
        <translation>الإضاءة المحيطة</translation>
    </message>
    <message>
        <source>The lock</source>
        <translation>القفل</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>النافذة</translation>
    </message>
    <message>
        <source>The driver&apos;s temperature</source>
        <translation>حرارة السائق</translation>
    </message>
    <message>
        <source>The passenger&apos;s temperature</source>
        <translation>حرارة الراكب</translation>
    </message>
    <message>
        <source>The fan</source>
        <translation>المروحة</translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation>تكييف الهواء</translation>
    </message>
    <message>
        <source>The front defroster</source>
        <translation>إزالة صقيع الزجاج الأمامي</translation>
    </message>
    <message>
        <source>Air recirculation</source>
        <translation>تدوير الهواء</translation>
    </message>
    <message>
        <source>The passenger&apos;s fan</source>
        <translation>مروحة الراكب</translation>
    </message>
    <message>
        <source>The way of the air</source>
        <translation>اتجاه الهواء</translation>
    </message>
    <message>
        <source>The driver&apos;s seat heating</source>
        <translation>تدفئة مقعد السائق</translation>
    </message>
    <message>
        <source>The passenger&apos;s seat heating</source>
        <translation>تدفئة مقعد الراكب</translation>
    </message>
    <message>
        <source>The steering wheel&apos;s heating</source>
        <translation>تدفئة المقود</translation>
    </message>
    <message>
        <source>The rear defroster</source>
        <translation>مزيل الضباب الخلفي</translation>
    </message>
    <message>
        <source>The windscreen&apos;s heating</source>
        <translation>تدفئة الزجاج الأمامي</translation>
    </message>
    <message>
        <source>The mirrors&apos; heating</source>
        <translation>تدفئة المرايا</translation>
    </message>
    <message>
        <source>The charge limit</source>
        <translation>حد الشحن</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>قيد الشحن</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Driver</source>
        <translation>السائق</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>العرض</translation>
    </message>
    <message>
        <source>Language, units</source>
        <translation>اللغة والوحدات</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>الخصوصية</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>التحديثات</translation>
    </message>
    <message>
        <source>System</source>
        <translation>النظام</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>ضيف</translation>
    </message>
    <message>
        <source>One is ready</source>
        <translation>تحديث جاهز</translation>
    </message>
    <message>
        <source>%1 to look at</source>
        <translation>%1 للمراجعة</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Leads to %1</source>
        <translation>يؤدي إلى %1</translation>
    </message>
    <message>
        <source>Continue with %1</source>
        <translation>المتابعة عبر %1</translation>
    </message>
</context>
<context>
    <name>SignalsPage</name>
    <message>
        <source>Engineering</source>
        <translation>الهندسة</translation>
    </message>
    <message>
        <source>%1 live signals</source>
        <translation>%1 إشارة مباشرة</translation>
    </message>
    <message>
        <source>No signal has a value yet.</source>
        <translation>لا توجد قيمة لأي إشارة بعد.</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 أخرى عند الركن</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>{name} is quieter while something more important is heard.</source>
        <translation>صوت {name} أخفض ما دام شيء أهم مسموعًا.</translation>
    </message>
    <message>
        <source>{name} waits until the sound is free.</source>
        <translation>ينتظر {name} حتى يتاح الصوت.</translation>
    </message>
    <message>
        <source>{name} is heard.</source>
        <translation>{name} مسموع الآن.</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>مكتوم</translation>
    </message>
    <message>
        <source>What sets the volume is not running. It is started again by itself.</source>
        <translation>ما يضبط الصوت لا يعمل. سيُعاد تشغيله تلقائيًا.</translation>
    </message>
</context>
<context>
    <name>SoundPanel</name>
    <message>
        <source>Sound</source>
        <translation>الصوت</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>تشغيل الصوت</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>كتم الصوت</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>أخفض</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>مستوى الصوت</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>أعلى</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Nobody is heard now.</source>
        <translation>لا شيء مسموع الآن.</translation>
    </message>
</context>
<context>
    <name>SpentChart</name>
    <message>
        <source>%1%2 kWh</source>
        <translation>%1%2 kWh</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>الدفع</translation>
    </message>
    <message>
        <source>Climate, 12 V and losses</source>
        <translation>المناخ و12 V والفاقد</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>المسترد</translation>
    </message>
    <message>
        <source>The car does not say what its motor takes.</source>
        <translation>لا تفيد السيارة عن استهلاك محركها.</translation>
    </message>
    <message>
        <source>Nothing has been driven yet.</source>
        <translation>لم تُقطع أي مسافة بعد.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>Messages, %n new</source>
        <translation>
            <numerusform>الرسائل، %n جديدة</numerusform>
            <numerusform>الرسائل، %n جديدة</numerusform>
            <numerusform>الرسائل، %n جديدة</numerusform>
            <numerusform>الرسائل، %n جديدة</numerusform>
            <numerusform>الرسائل، %n جديدة</numerusform>
            <numerusform>الرسائل، %n جديدة</numerusform>
        </translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>الرسائل</translation>
    </message>
    <message>
        <source>Volume: %1</source>
        <translation>مستوى الصوت: %1</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>مستوى الصوت</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>تحدث</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>%1: less</source>
        <translation>%1: أقل</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1: أكثر</translation>
    </message>
</context>
<context>
    <name>Store</name>
    <message>
        <source>On the way</source>
        <translation>على الطريق</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>الشحن</translation>
    </message>
    <message>
        <source>Music and more</source>
        <translation>الموسيقى والمزيد</translation>
    </message>
    <message>
        <source>Comfort</source>
        <translation>الراحة</translation>
    </message>
    <message>
        <source>About the car</source>
        <translation>عن السيارة</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>أدوات</translation>
    </message>
    <message>
        <source>The store does not answer. Try again when there is a connection.</source>
        <translation>المتجر لا يجيب. حاول مجددًا عند توفر اتصال.</translation>
    </message>
    <message>
        <source>There is not enough room. Remove an app that you do not need.</source>
        <translation>لا توجد مساحة كافية. أزل تطبيقًا لا تحتاجه.</translation>
    </message>
    <message>
        <source>What came was not what the store has signed, so it is not used. Try again later.</source>
        <translation>ما وصل ليس ما وقّعه المتجر، لذلك لا يُستخدم. حاول لاحقًا.</translation>
    </message>
    <message>
        <source>The car refuses this package: it is not what was promised. Choose another app.</source>
        <translation>ترفض السيارة هذه الحزمة: ليست ما وُعد به. اختر تطبيقًا آخر.</translation>
    </message>
    <message>
        <source>This app does not fit this car. Choose another one.</source>
        <translation>هذا التطبيق لا يناسب هذه السيارة. اختر غيره.</translation>
    </message>
    <message>
        <source>Apps are installed while the car is parked. Park and try again.</source>
        <translation>تُثبَّت التطبيقات والسيارة متوقفة. أوقف السيارة وحاول مجددًا.</translation>
    </message>
    <message>
        <source>The store does not offer this now. Look at the list again.</source>
        <translation>لا يعرض المتجر هذا الآن. انظر إلى القائمة من جديد.</translation>
    </message>
    <message>
        <source>Something in the car failed. Try again in a moment.</source>
        <translation>حدث خلل في السيارة. حاول بعد لحظة.</translation>
    </message>
    <message>
        <source>It is being fetched.</source>
        <translation>جارٍ التنزيل.</translation>
    </message>
    <message>
        <source>It is being checked and installed.</source>
        <translation>جارٍ الفحص والتثبيت.</translation>
    </message>
    <message>
        <source>Stopped. What has come is kept for the next time.</source>
        <translation>توقف. ما وصل محفوظ للمرة القادمة.</translation>
    </message>
    <message>
        <source>The store is being opened.</source>
        <translation>جارٍ فتح المتجر.</translation>
    </message>
    <message>
        <source>This car has no store. Apps come with updates, or from a package.</source>
        <translation>ليس لهذه السيارة متجر. تأتي التطبيقات مع التحديثات أو من حزمة.</translation>
    </message>
    <message>
        <source>The store has no apps yet.</source>
        <translation>لا توجد تطبيقات في المتجر بعد.</translation>
    </message>
    <message>
        <source>As of {moment}.</source>
        <translation>بتاريخ {moment}.</translation>
    </message>
    <message>
        <source>{used} of {limit} were fetched today.</source>
        <translation>جرى تنزيل {used} من {limit} اليوم.</translation>
    </message>
    <message>
        <source>{used} of {limit} were fetched today: updates wait, what you choose comes.</source>
        <translation>جرى تنزيل {used} من {limit} اليوم: التحديثات تنتظر، وما تختاره يصل.</translation>
    </message>
    <message>
        <source>The store does not answer. This list is of {moment}.</source>
        <translation>المتجر لا يجيب. هذه القائمة بتاريخ {moment}.</translation>
    </message>
    <message>
        <source>By {author}. Version {version}, {size}.</source>
        <translation>من {author}. الإصدار {version}، {size}.</translation>
    </message>
    <message>
        <source>{mean} of 5 stars, from {count} cars.</source>
        <translation>{mean} من 5 نجوم، من {count} سيارة.</translation>
    </message>
    <message>
        <source>Not enough ratings yet.</source>
        <translation>لا توجد تقييمات كافية بعد.</translation>
    </message>
    <message>
        <source>Signed by {name}, whom the store vouches for.</source>
        <translation>موقّع من {name} بضمان المتجر.</translation>
    </message>
    <message>
        <source>Nobody whom this car trusts vouches for who made it. It cannot be installed.</source>
        <translation>لا أحد تثق به السيارة يضمن صانعه، لذلك لا يمكن تثبيته.</translation>
    </message>
    <message>
        <source>Trust {now} of 8</source>
        <translation>الثقة {now} من 8</translation>
    </message>
    <message>
        <source>It says: “{reason}”</source>
        <translation>يقول: «{reason}»</translation>
    </message>
    <message>
        <source>You may refuse it. It says: “{reason}”</source>
        <translation>يمكنك الرفض. يقول: «{reason}»</translation>
    </message>
    <message>
        <source>{mean} ★ ({count})</source>
        <translation>{mean} ★ ({count})</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>تحديث</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>مثبّت</translation>
    </message>
    <message>
        <source>It is installed. Your apps show it.</source>
        <translation>تم التثبيت. تجده بين تطبيقاتك.</translation>
    </message>
    <message>
        <source>The app has been removed.</source>
        <translation>أُزيل التطبيق.</translation>
    </message>
</context>
<context>
    <name>StoreOffer</name>
    <message>
        <source>Install when parked</source>
        <translation>التثبيت عند التوقف</translation>
    </message>
    <message>
        <source>Another app is being installed</source>
        <translation>يجري تثبيت تطبيق آخر</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>تحديث</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مجددًا</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>تثبيت</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>لماذا ليس الآن؟</translation>
    </message>
    <message>
        <source>How much has come</source>
        <translation>المقدار الذي وصل</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Show it in your apps</source>
        <translation>عرضه بين تطبيقاتك</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>الجديد</translation>
    </message>
    <message>
        <source>What it may do. %1</source>
        <translation>ما يُسمح له به. %1</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>You can look through the store when parked.</source>
        <translation>يمكنك تصفح المتجر عند التوقف.</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>المتجر</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>حاول مجددًا</translation>
    </message>
    <message>
        <source>Your apps</source>
        <translation>تطبيقاتك</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>%1 أخرى عند التوقف</translation>
    </message>
</context>
<context>
    <name>SystemSection</name>
    <message>
        <source>System</source>
        <translation>النظام</translation>
    </message>
    <message>
        <source>Bus %1</source>
        <translation>الناقل %1</translation>
    </message>
    <message>
        <source>What is off, and what to do (%1)</source>
        <translation>الأعطال وحلولها (%1)</translation>
    </message>
    <message>
        <source>What is off, and what to do</source>
        <translation>الأعطال وحلولها</translation>
    </message>
    <message>
        <source>All signals</source>
        <translation>كل الإشارات</translation>
    </message>
    <message>
        <source>About and licences</source>
        <translation>حول النظام والتراخيص</translation>
    </message>
</context>
<context>
    <name>Telephone</name>
    <message>
        <source>Unknown number</source>
        <translation>رقم غير معروف</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>مكالمة واردة</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>مكالمة جارية</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>قيد الانتظار</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>جارٍ الاتصال</translation>
    </message>
</context>
<context>
    <name>Translator</name>
    <message>
        <source>The language cannot be shown. The screen stays as it is.</source>
        <translation>يتعذر عرض اللغة. تبقى الشاشة كما هي.</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Shuffle</source>
        <translation>عشوائي</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>السابق</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>تشغيل</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>تكرار</translation>
    </message>
</context>
<context>
    <name>TyreBadge</name>
    <message>
        <source>%1 ago</source>
        <translation>قبل %1</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>منخفض</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>افحصه</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>ينخفض</translation>
    </message>
    <message>
        <source>Rising</source>
        <translation>يرتفع</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>ثابت</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>Tyre pressure %1. Why?</source>
        <translation>ضغط الإطار %1. لماذا؟</translation>
    </message>
</context>
<context>
    <name>Updates</name>
    <message>
        <source>Updates are not set up</source>
        <translation>التحديثات غير معدّة</translation>
    </message>
    <message>
        <source>Everything is up to date</source>
        <translation>كل شيء محدّث</translation>
    </message>
    <message>
        <source>An update is being fetched</source>
        <translation>يجري جلب تحديث</translation>
    </message>
    <message>
        <source>An update is ready</source>
        <translation>يوجد تحديث جاهز</translation>
    </message>
    <message>
        <source>The update is being installed</source>
        <translation>يجري تثبيت التحديث</translation>
    </message>
    <message>
        <source>The update is in use and watched</source>
        <translation>التحديث قيد الاستخدام والمراقبة</translation>
    </message>
    <message>
        <source>The newest update was not taken</source>
        <translation>لم يُعتمد أحدث تحديث</translation>
    </message>
    <message numerus="yes">
        <source>Installing takes about %n minutes.</source>
        <translation>
            <numerusform>يستغرق التثبيت نحو %n دقيقة.</numerusform>
            <numerusform>يستغرق التثبيت نحو دقيقة واحدة (%n).</numerusform>
            <numerusform>يستغرق التثبيت نحو دقيقتين (%n).</numerusform>
            <numerusform>يستغرق التثبيت نحو %n دقائق.</numerusform>
            <numerusform>يستغرق التثبيت نحو %n دقيقة.</numerusform>
            <numerusform>يستغرق التثبيت نحو %n دقيقة.</numerusform>
        </translation>
    </message>
    <message>
        <source>An update is ready. Settings show what it changes.</source>
        <translation>يوجد تحديث جاهز. تعرض الإعدادات ما يغيّره.</translation>
    </message>
</context>
<context>
    <name>UpdatesSection</name>
    <message>
        <source>Updates</source>
        <translation>التحديثات</translation>
    </message>
    <message>
        <source>Updates are being asked about.</source>
        <translation>يجري الاستعلام عن التحديثات.</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%1 بدلًا من %2</translation>
    </message>
    <message>
        <source>Install it when the car is parked</source>
        <translation>التثبيت عند ركن السيارة</translation>
    </message>
    <message>
        <source>Do not install it</source>
        <translation>عدم التثبيت</translation>
    </message>
    <message>
        <source>When is it installed?</source>
        <translation>متى يتم التثبيت؟</translation>
    </message>
    <message>
        <source>You can agree to it when parked. Nothing is installed before.</source>
        <translation>يمكنك الموافقة عند الركن. لا يُثبَّت شيء قبل ذلك.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>جارٍ الاستعلام…</translation>
    </message>
    <message>
        <source>Look for updates</source>
        <translation>البحث عن تحديثات</translation>
    </message>
    <message>
        <source>Yes, go back</source>
        <translation>نعم، الرجوع</translation>
    </message>
    <message>
        <source>Go back to what was before</source>
        <translation>الرجوع إلى ما سبق</translation>
    </message>
    <message>
        <source>Last asked</source>
        <translation>آخر استعلام</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>أبدًا</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>المثبّت</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>ما تم</translation>
    </message>
</context>
<context>
    <name>Uplink</name>
    <message numerus="yes">
        <source>%n records wait on board; none is lost.</source>
        <translation>
            <numerusform>ينتظر في السيارة %n سجل، ولم يُفقد شيء.</numerusform>
            <numerusform>ينتظر في السيارة سجل واحد (%n)، ولم يُفقد شيء.</numerusform>
            <numerusform>ينتظر في السيارة سجلان (%n)، ولم يُفقد شيء.</numerusform>
            <numerusform>تنتظر في السيارة %n سجلات، ولم يُفقد شيء.</numerusform>
            <numerusform>ينتظر في السيارة %n سجلًا، ولم يُفقد شيء.</numerusform>
            <numerusform>ينتظر في السيارة %n سجل، ولم يُفقد شيء.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Online. %n records have arrived.</source>
        <translation>
            <numerusform>متصل. وصل %n سجل.</numerusform>
            <numerusform>متصل. وصل سجل واحد (%n).</numerusform>
            <numerusform>متصل. وصل سجلان (%n).</numerusform>
            <numerusform>متصل. وصلت %n سجلات.</numerusform>
            <numerusform>متصل. وصل %n سجلًا.</numerusform>
            <numerusform>متصل. وصل %n سجل.</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting to the fleet.</source>
        <translation>يجري الاتصال بالأسطول.</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>غير متصل</translation>
    </message>
</context>
<context>
    <name>Vehicle</name>
    <message>
        <source>Charging</source>
        <translation>قيد الشحن</translation>
    </message>
    <message>
        <source>Regenerating</source>
        <translation>تسترد الطاقة</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>على البطارية</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>جاهزة</translation>
    </message>
</context>
<context>
    <name>VehiclePage</name>
    <message>
        <source>12 V</source>
        <translation>12 V</translation>
    </message>
    <message>
        <source>12 V battery</source>
        <translation>بطارية 12 V</translation>
    </message>
    <message>
        <source>V</source>
        <translation>V</translation>
    </message>
    <message>
        <source>Service due</source>
        <translation>الصيانة مستحقة</translation>
    </message>
    <message>
        <source>Service in</source>
        <translation>الصيانة بعد</translation>
    </message>
    <message>
        <source>Washer</source>
        <translation>الغسّالة</translation>
    </message>
    <message>
        <source>Washer fluid</source>
        <translation>سائل غسيل الزجاج</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>الأقفال</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>مقفلة</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>جزئيًا</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>غير مقفلة</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>النوافذ</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>مفتوح</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>مغلقة</translation>
    </message>
    <message>
        <source>Boot</source>
        <translation>الصندوق</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>المرايا</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>مطوية</translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>مفتوحة</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>الإضاءة</translation>
    </message>
    <message>
        <source>Ambient</source>
        <translation>المحيطة</translation>
    </message>
</context>
<context>
    <name>VoiceOverlay</name>
    <message>
        <source>Listening…</source>
        <translation>جارٍ الاستماع…</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>لحظة من فضلك…</translation>
    </message>
    <message>
        <source>Doing it…</source>
        <translation>جارٍ التنفيذ…</translation>
    </message>
</context>
<context>
    <name>WayLeft</name>
    <message>
        <source>Arrival</source>
        <translation>الوصول</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>المتبقي</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>المسافة</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>الشحن</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Front left: low</source>
        <translation>الأمامي الأيسر: منخفض</translation>
    </message>
    <message>
        <source>Front right: low</source>
        <translation>الأمامي الأيمن: منخفض</translation>
    </message>
    <message>
        <source>Rear left: low</source>
        <translation>الخلفي الأيسر: منخفض</translation>
    </message>
    <message>
        <source>Rear right: low</source>
        <translation>الخلفي الأيمن: منخفض</translation>
    </message>
    <message>
        <source>Power of the battery</source>
        <translation>قدرة البطارية</translation>
    </message>
    <message>
        <source>Energy left</source>
        <translation>الطاقة المتبقية</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>الشحن</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>الشحن</translation>
    </message>
    <message>
        <source>Cable at the port</source>
        <translation>الكابل في المنفذ</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>المقصورة</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>لم يصل</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>السرعة</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>ناقل الحركة</translation>
    </message>
    <message>
        <source>Parking brake</source>
        <translation>فرامل الوقوف</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>On</source>
        <translation>مفعّلة</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>غير مفعّلة</translation>
    </message>
    <message>
        <source>Standing with the selector in P, or in N with the parking brake, is parked.</source>
        <translation>الوقوف والناقل على P، أو على N مع فرامل الوقوف، يعني أن السيارة مركونة.</translation>
    </message>
    <message>
        <source>Standing without the selector in P is standing: only films wait.</source>
        <translation>الوقوف دون P توقف فقط: الأفلام وحدها تنتظر.</translation>
    </message>
    <message>
        <source>From %1 km/h on, and for %2 s after it, the car is driving.</source>
        <translation>من سرعة %1 km/h ولمدة %2 ثانية بعدها تُعدّ السيارة سائرة.</translation>
    </message>
    <message>
        <source>What is not known, or older than %1 s, limits as driving does.</source>
        <translation>ما هو مجهول، أو أقدم من %1 ثانية، يقيّد كما تقيّد القيادة.</translation>
    </message>
    <message>
        <source>While the car drives, a list shows up to {rows} rows and a text up to {signs} characters.</source>
        <translation>أثناء القيادة تعرض القائمة حتى {rows} أسطر والنص حتى {signs} حرفًا.</translation>
    </message>
    <message>
        <source>Shorter while driving</source>
        <translation>أقصر أثناء القيادة</translation>
    </message>
    <message>
        <source>Set up when parked</source>
        <translation>يُضبط عند الركن</translation>
    </message>
    <message>
        <source>What takes several glances to set up is changed while the selector is in P.</source>
        <translation>ما يتطلب ضبطه عدة نظرات يُغيَّر عندما يكون المحدد على P.</translation>
    </message>
    <message>
        <source>Shown when parked</source>
        <translation>يُعرض عند الركن</translation>
    </message>
    <message>
        <source>Pages for reading, typing and films are shown while the selector is in P.</source>
        <translation>صفحات القراءة والكتابة والأفلام تُعرض عندما يكون المحدد على P.</translation>
    </message>
    <message>
        <source>The task is long enough</source>
        <translation>المهمة طويلة بما يكفي</translation>
    </message>
    <message>
        <source>While the car drives, a task in an app has a limited number of pages.</source>
        <translation>أثناء القيادة يكون عدد صفحات المهمة في التطبيق محدودًا.</translation>
    </message>
    <message>
        <source>Tyre pressure</source>
        <translation>ضغط الإطارات</translation>
    </message>
    <message>
        <source>A tyre counts as low when the car&apos;s own tyre monitoring says so. The screen judges nothing.</source>
        <translation>يُعد الإطار منخفضًا عندما يقول ذلك نظام مراقبة الإطارات في السيارة. الشاشة لا تحكم بشيء.</translation>
    </message>
    <message>
        <source>The car reports the pressure of each tyre and whether it is too low.</source>
        <translation>تبلغ السيارة عن ضغط كل إطار وهل هو منخفض جدًا.</translation>
    </message>
    <message>
        <source>From the energy left and the use over each {window} km of the last {kept} km; it needs {enough} km of road.</source>
        <translation>من الطاقة المتبقية والاستهلاك لكل {window} كم من آخر {kept} كم؛ ويحتاج ذلك إلى {enough} كم من الطريق.</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>المدى</translation>
    </message>
    <message>
        <source>Charge, plug and time left are what the car reports. The screen judges nothing.</source>
        <translation>الشحن والقابس والوقت المتبقي كما تبلّغ عنها السيارة. الشاشة لا تحكم على شيء.</translation>
    </message>
    <message>
        <source>Charging begins with a plug and your word, and ends at the limit or when you stop it.</source>
        <translation>يبدأ الشحن بالقابس وبأمرك، وينتهي عند الحد أو عندما توقفه.</translation>
    </message>
    <message>
        <source>It begins a minute earlier for each degree, in P with {floor} % charge or more, or {plug} % at a plug.</source>
        <translation>يبدأ قبل ذلك بدقيقة لكل درجة، في P مع شحن {floor} % أو أكثر، أو {plug} % عند القابس.</translation>
    </message>
    <message>
        <source>Departures</source>
        <translation>مواعيد الانطلاق</translation>
    </message>
    <message>
        <source>The car makes the cabin ready by itself, or says why it does not.</source>
        <translation>تجهّز السيارة المقصورة بنفسها، أو تقول لماذا لا تفعل.</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>التحديثات</translation>
    </message>
    <message>
        <source>It is installed while the car is parked, so that nothing is missing on the road.</source>
        <translation>يتم التثبيت والسيارة متوقفة، حتى لا ينقص شيء على الطريق.</translation>
    </message>
    <message>
        <source>Repaired when parked</source>
        <translation>الإصلاح عند التوقف</translation>
    </message>
    <message>
        <source>What stops a part that you need to drive is done while the selector is in P.</source>
        <translation>ما يوقف جزءًا تحتاجه للقيادة يتم والناقل على الوضع P.</translation>
    </message>
    <message>
        <source>A part of the car&apos;s computer is off when it does not answer, or ends again and again.</source>
        <translation>يُعد جزء من حاسوب السيارة متوقفًا عندما لا يجيب أو ينتهي مرارًا.</translation>
    </message>
    <message>
        <source>A vehicle bus is off when its controller reports errors or no frame arrives.</source>
        <translation>يُعد ناقل السيارة متوقفًا عندما يبلغ المتحكم عن أخطاء أو لا يصل أي إطار.</translation>
    </message>
    <message>
        <source>A message is damaged when its checksum or its counter is wrong too often.</source>
        <translation>تُعد الرسالة تالفة عندما يخطئ مجموعها الاختباري أو عدّادها كثيرًا.</translation>
    </message>
    <message>
        <source>An app that ended by itself is started again more and more rarely.</source>
        <translation>التطبيق الذي ينتهي من تلقاء نفسه يُعاد تشغيله على فترات أطول فأطول.</translation>
    </message>
    <message>
        <source>An update is installed after you agree, and taken back when it does not do well.</source>
        <translation>يُثبَّت التحديث بعد موافقتك ويُسحب إذا لم يعمل جيدًا.</translation>
    </message>
    <message>
        <source>Used as on eight of ten stretches of the road behind, the energy ends within the band.</source>
        <translation>عند الاستهلاك كما في ثمانية من كل عشرة مقاطع سابقة، تنتهي الطاقة ضمن هذا النطاق.</translation>
    </message>
    <message>
        <source>The car counts the trouble codes that its control units have stored.</source>
        <translation>تعد السيارة رموز الأعطال التي خزنتها وحدات التحكم.</translation>
    </message>
    <message>
        <source>Below {least} MB of free storage, drives may not be kept.</source>
        <translation>إذا قلّت المساحة الحرة عن {least} ميغابايت فقد لا تُحفظ الرحلات.</translation>
    </message>
    <message>
        <source>This part of the car&apos;s computer reported it itself.</source>
        <translation>أبلغ عنه هذا الجزء من حاسوب السيارة بنفسه.</translation>
    </message>
    <message>
        <source>You allowed this app to show alerts. One stays until you answer or its time is over.</source>
        <translation>سمحت لهذا التطبيق بعرض تنبيهات. يبقى التنبيه حتى تجيب أو ينتهي وقته.</translation>
    </message>
    <message>
        <source>You allowed this app to show news. It goes by itself and makes no sound.</source>
        <translation>سمحت لهذا التطبيق بعرض أخبار. تختفي وحدها ودون صوت.</translation>
    </message>
    <message>
        <source>{app} says it. The car has not checked what the app says.</source>
        <translation>{app} يقول ذلك. لم تتحقق السيارة مما يقوله التطبيق.</translation>
    </message>
</context>
<context>
    <name>WhyArea</name>
    <message>
        <source>%1. Why?</source>
        <translation>%1. لماذا؟</translation>
    </message>
</context>
<context>
    <name>WhyNote</name>
    <message>
        <source>%1. Why?</source>
        <translation>%1. لماذا؟</translation>
    </message>
</context>
<context>
    <name>WindowPanel</name>
    <message>
        <source>Driver</source>
        <translation>السائق</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>الراكب</translation>
    </message>
    <message>
        <source>Rear left</source>
        <translation>خلفي أيسر</translation>
    </message>
    <message>
        <source>Rear right</source>
        <translation>خلفي أيمن</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>إغلاق الكل</translation>
    </message>
    <message>
        <source>Vent</source>
        <translation>تهوية</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>Withheld</name>
    <message>
        <source>This is set up when parked.</source>
        <translation>يُضبط هذا عند الركن.</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>لماذا ليس الآن؟</translation>
    </message>
</context>
<context>
    <name>ZoneCard</name>
    <message>
        <source>Fan</source>
        <translation>المروحة</translation>
    </message>
    <message>
        <source>Seat heating</source>
        <translation>تدفئة المقعد</translation>
    </message>
</context>
</TS>
