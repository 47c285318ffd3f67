import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    # After Wagtail's own migrations: each of them that touches what belongs to people would otherwise draw up our
    # tables anew, which makes a first start half as slow again.
    dependencies = [
        ('agencies', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='名称')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='简称')),
                ('other_names', models.JSONField(blank=True, default=list, help_text='年度报告等文件中出现过的其他写法', verbose_name='其他名称')),
                ('code', models.CharField(help_text='统一社会信用代码或机构代码', max_length=40, unique=True, verbose_name='代码')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='网址标识')),
                ('kind', models.CharField(choices=[('government', '人民政府'), ('department', '政府部门'), ('town', '乡镇人民政府、街道办事处'), ('public_institution', '公共企事业单位'), ('university', '高等学校'), ('authorised', '法律、法规授权的组织')], max_length=20, verbose_name='性质')),
                ('level', models.CharField(choices=[('province', '省级'), ('city', '市级'), ('county', '县级'), ('town', '乡级')], max_length=10, verbose_name='层级')),
                ('founded', models.DateField(blank=True, null=True, verbose_name='成立日期')),
                ('abolished', models.DateField(blank=True, null=True, verbose_name='撤销日期')),
                ('order', models.PositiveIntegerField(default=1000, verbose_name='排序')),
                ('office_name', models.CharField(blank=True, max_length=120, verbose_name='政府信息公开工作机构')),
                ('office_address', models.CharField(blank=True, max_length=200, verbose_name='办公地址')),
                ('office_hours', models.CharField(blank=True, max_length=120, verbose_name='办公时间')),
                ('office_phone', models.CharField(blank=True, max_length=60, verbose_name='联系电话')),
                ('office_email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agencies.agency', verbose_name='上级机关')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='agencies.agency', verbose_name='职能承接机关')),
            ],
            options={
                'verbose_name': '机关',
                'verbose_name_plural': '机关',
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('drafter', '起草人'), ('unit_head', '科室负责人'), ('confidentiality_reviewer', '保密审查员'), ('disclosure_officer', '政府信息公开工作人员'), ('signing_leader', '签发领导'), ('supervisor', '监督考核人员'), ('administrator', '管理员')], max_length=30, verbose_name='岗位')),
                ('since', models.DateField(verbose_name='任职日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='离任日期')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='agencies.agency', verbose_name='机关')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '岗位',
                'verbose_name_plural': '岗位',
                'ordering': ['agency', 'role', 'since'],
            },
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('abolished__isnull', True), ('founded__isnull', True), ('abolished__gte', models.F('founded')), _connector='OR'), name='agency_abolished_after_founded', violation_error_message='撤销日期早于成立日期。'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='post_until_after_since', violation_error_message='离任日期早于任职日期。'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'agency', 'role'), name='post_held_once', violation_error_message='该人员已在该机关担任此岗位。'),
        ),
    ]
